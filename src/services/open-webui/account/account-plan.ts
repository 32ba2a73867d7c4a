/** What has to be done so that the monitors have an account: plain data, to be shown before anything is written. */

export interface AccountWish {
  readonly url: string;
  /**
   * Who creates the account. A token is a session token or an administrator's key. On an instance without users, the
   * administrator is created first.
   */
  readonly admin: { readonly email: string; readonly password: string } | { readonly token: string };
  readonly account: {
    readonly email: string;
    readonly name: string;
    /** Needed to read the key of an existing account. A new account without it gets a random password. */
    readonly password?: string | undefined;
  };
  /** A key from an earlier run. It is kept as long as it works. */
  readonly apiKey?: string | undefined;
  /** The name of the group that may use keys. */
  readonly group: string;
  /** Models that the group may read: only the ones named here. */
  readonly grants: readonly string[];
  /** Turns on the allow-list for API keys if it is off. It then applies to every key of the instance. */
  readonly restrictsEndpoints?: boolean;
}

export type AccountStep =
  | { readonly type: "create-administrator"; readonly email: string }
  /** `setting` is the name of the setting in this release. */
  | { readonly type: "enable-keys"; readonly setting: "ENABLE_API_KEYS" | "ENABLE_API_KEY" }
  | { readonly type: "allow-endpoints"; readonly add: readonly string[]; readonly isNew: boolean }
  | { readonly type: "create-group"; readonly name: string; readonly mayUseKeys: boolean }
  | { readonly type: "permit-keys"; readonly name: string; readonly groupId: string }
  | { readonly type: "create-account"; readonly email: string; readonly name: string }
  | { readonly type: "join-group"; readonly email: string; readonly group: string }
  | { readonly type: "make-key"; readonly email: string }
  /** `isListed` is false for a model that was never opened in the settings; its row is then created too. */
  | { readonly type: "grant-model"; readonly model: string; readonly group: string; readonly isListed: boolean };

export interface AccountBlocker {
  readonly code:
    | "account-is-administrator"
    | "account-pending"
    | "password-needed"
    | "second-factor"
    | "group-not-unique"
    | "model-not-listed";
  readonly message: string;
  /** What to do, in order. */
  readonly steps: readonly string[];
}

export interface AccountPlan {
  /** Without credentials. */
  readonly url: string;
  readonly version: string | undefined;
  /** In order; empty if nothing is missing. Holds no password and no key. */
  readonly steps: readonly AccountStep[];
  /** What the monitors will lack, because the request does not ask for it. */
  readonly notes: readonly string[];
  /** While there are blockers, nothing may be carried out. */
  readonly blockers: readonly AccountBlocker[];
  /** The given key stays; the account has no other. */
  readonly isKeyKept: boolean;
}

/** The step in one line. */
export function describeStep(step: AccountStep): string {
  switch (step.type) {
    case "create-administrator":
      return `create the first administrator ${step.email}`;
    case "enable-keys":
      return `switch API keys on (${step.setting})`;
    case "allow-endpoints":
      return `${step.isNew ? "limit all API keys to these endpoints" : "allow API keys these endpoints"}: ${step.add.join(", ")}`;
    case "create-group":
      return `create the group "${step.name}"${step.mayUseKeys ? ", which may use API keys and nothing else" : ""}`;
    case "permit-keys":
      return `let the group "${step.name}" use API keys`;
    case "create-account":
      return `create the account ${step.email} (${step.name}), with the role user`;
    case "join-group":
      return `add ${step.email} to the group "${step.group}"`;
    case "make-key":
      return `create an API key for ${step.email}`;
    case "grant-model":
      return `let the group "${step.group}" read the model ${step.model}`;
    default:
      return step satisfies never;
  }
}
