/** What the doctor of a service finds out, as data, and the interface of `<name>/doctor/doctor.ts`. */
import type { JsonObject } from "../model/json.ts";
import type { ServiceAnswer } from "./requests/ask.ts";
import type { ServicePort } from "./requests/port.ts";

export interface ServiceDoctor {
  /**
   * Whether the service answers there, by what no other service answers, without a key. Undefined if it does not.
   * `get` asks a path below the address and remembers the answer, so that several doctors can ask for the same.
   */
  recognise(get: (path: string) => Promise<ServiceAnswer>): Promise<RecognisedService | undefined>;
  /** Sends the requests of the monitors once, with their key, and explains the answers. `written` is the block. */
  diagnose(port: ServicePort, written: JsonObject, options: DiagnoseOptions): Promise<Diagnosis>;
}

export interface RecognisedService {
  /** Its release, if it says one. */
  readonly version: string | undefined;
  /** The names of its models, if it tells them without a key. */
  readonly models?: readonly string[];
}

export interface DiagnoseOptions {
  /** Whether each model is asked for a completion, which costs tokens. */
  readonly wantsCompletions: boolean;
}

/** Holds no key and no body, so it can be shown to anybody. */
export interface Diagnosis {
  /** Without credentials. */
  readonly url: string;
  readonly version: string | undefined;
  /** The requests and their answers, in order; no status if nothing answered. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly status: number | undefined }[];
  /** Problems first; empty if everything is fine. */
  readonly advice: readonly Advice[];
}

/** One piece of the doctor's advice. */
export interface Advice {
  readonly code: AdviceCode;
  readonly severity: "error" | "warning" | "info";
  /** One sentence in lower case, without a full stop. It holds no secret, whatever the server answered. */
  readonly message: string;
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** A text for a setting, ready to be pasted. */
  readonly paste?: string;
}

/** The codes never change their meaning. */
export type AdviceCode =
  | "unreachable"
  | "login-page"
  | "not-open-webui"
  | "wrong-service"
  | "other-service"
  | "foreign-host"
  | "no-users"
  | "database-down"
  | "key-not-sent"
  | "key-unknown"
  | "not-a-key"
  | "session-ended"
  | "account-pending"
  | "keys-disabled"
  | "endpoint-not-allowed"
  | "no-model-visible"
  | "model-not-granted"
  | "model-not-listed"
  | "model-not-seen"
  | "model-without-tag"
  | "provider-down"
  | "provider-switched-off"
  | "ollama-version-failed"
  | "manual-model-ids"
  | "model-missing"
  | "model-not-named"
  | "weights-gone"
  | "weights-broken"
  | "server-busy"
  | "still-loading"
  | "storage-empty"
  | "probe-missing"
  | "tool-failed"
  | "storage-gone"
  | "command-failed"
  | "provider-refuses-key"
  | "provider-limit"
  | "provider-set-aside"
  | "provider-hangs"
  | "not-asked"
  | "known-fault"
  | "untested-release"
  | "completion-failed"
  | "reply-not-healthy";
