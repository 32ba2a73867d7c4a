/**
 * `bootstrap --open-webui`: the account that the monitors use, made over Open WebUI's own HTTP API. What will be done is
 * shown and asked about first; the key goes to a file that only its owner reads, never to the terminal.
 */
import { UsageError } from "../../model/errors.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { describeStep, type AccountPlan, type AccountWish } from "../../services/open-webui/account/account-plan.ts";
import { carryOutAccount } from "../../services/open-webui/account/bootstrap-account.ts";
import { fetchPort } from "../../services/open-webui/requests/fetch-port.ts";
import { planAccount } from "../../services/open-webui/account/plan-account.ts";
import { plural } from "../../output/words/counts.ts";
import { inert } from "../../output/inert.ts";
import { createDocument } from "../../output/json.ts";
import type { Style } from "../../output/style.ts";
import { readSecret } from "../connection/read-connection.ts";
import { isInteractive, untilAborted, type Context } from "../../run/context.ts";
import type { ApplyFlags, OutputFlags, ServerFlags } from "../../run/flags.ts";
import { openKeyStore, type KeyStore, type KeyStoreFlags } from "./api-key-file.ts";
import {
  readOpenWebUIKey,
  readOpenWebUIUrl,
  toServerError,
  usualTimeoutMs,
  type OpenWebUIFlags,
} from "./open-webui-target.ts";
import { newPassword } from "./new-password.ts";
import { refuseUntrusted } from "../connection/refuse-untrusted.ts";
import { createTerminal, type Terminal } from "../../run/terminal.ts";

export interface OpenWebUIAccountFlags extends OpenWebUIFlags, KeyStoreFlags {
  readonly account: string;
  readonly group: string;
  readonly grant?: readonly string[];
  readonly restrictEndpoints?: boolean;
}

type Flags = OpenWebUIAccountFlags & OutputFlags & Pick<ServerFlags, "input"> & Pick<ApplyFlags, "autoApprove">;

export async function runOpenWebUIBootstrap(context: Context, flags: Flags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  refuseUntrusted("bootstrap --open-webui", context);
  const store = openKeyStore(flags, context);
  const stored = await store.read();
  if (stored !== undefined) context.redactor.add([stored]);
  const wish = await readWish(flags, context, stored);
  const timeoutMs = flags.timeout ?? usualTimeoutMs;
  const port = fetchPort({ timeoutMs, signal: context.signal });
  try {
    terminal.status("reading what is there");
    const plan = await untilAborted(planAccount(port, wish), context.signal);
    terminal.print(planText(plan, terminal.out.style));
    const refusal = await refusalOf(plan, { flags, context, terminal });
    if (refusal !== undefined) {
      const outcome: Outcome = { type: "refused" };
      terminal.alert(`${terminal.err.style.red("refused:")} ${inert(refusal)}\n`);
      terminal.printDocument(createDocument("bootstrap", outcome, { ...bodyOf(plan), refusal }));
      return outcome;
    }
    // A key that cannot be kept must not be made: some releases end the one before with it.
    await store.prepare();
    // Nor may a signal come between a key and its file: each step has its own time limit.
    const { account, isKept } = await context.whileWriting(async () => {
      const made = await carryOutAccount(fetchPort({ timeoutMs }), wish, {
        plan,
        makePassword: newPassword,
        onStep: (step) => terminal.status(describeStep(step)),
      });
      context.redactor.add([made.apiKey]);
      if (made.apiKey !== stored) await store.write(made.apiKey);
      return { account: made, isKept: made.apiKey === stored };
    });
    const { models } = account;
    const outcome: Outcome = { type: "done" };
    terminal.print(doneText({ plan, models, isKept, store }, terminal.out.style));
    terminal.printDocument(createDocument("bootstrap", outcome, { ...bodyOf(plan), keyFile: store.path, models }));
    return outcome;
  } catch (error) {
    throw toServerError(error);
  } finally {
    terminal.clearStatus();
  }
}

async function readWish(flags: Flags, context: Context, stored: string | undefined): Promise<AccountWish> {
  const { account, group, grant: grants = [], restrictEndpoints: restrictsEndpoints = false } = flags;
  const email = context.env["OPEN_WEBUI_ADMIN_EMAIL"] ?? "";
  const token = await readSecret("OPEN_WEBUI_ADMIN_TOKEN", context);
  const password = await readSecret("OPEN_WEBUI_ADMIN_PASSWORD", context);
  if (token === undefined && (email === "" || password === undefined)) {
    throw new UsageError(
      "no administrator of Open WebUI is named",
      "set OPEN_WEBUI_ADMIN_EMAIL and OPEN_WEBUI_ADMIN_PASSWORD, or OPEN_WEBUI_ADMIN_TOKEN",
    );
  }
  return {
    url: readOpenWebUIUrl(flags.openWebui, context),
    admin: token === undefined ? { email, password: password ?? "" } : { token },
    account: {
      email: account,
      name: "Monitoring",
      password: await readSecret("OPEN_WEBUI_ACCOUNT_PASSWORD", context),
    },
    apiKey: stored ?? (await readOpenWebUIKey(context)),
    group,
    grants,
    restrictsEndpoints,
  };
}

/** Undefined when the plan may be carried out. */
async function refusalOf(
  { url, steps, blockers }: AccountPlan,
  asking: { readonly flags: Flags; readonly context: Context; readonly terminal: Terminal },
): Promise<string | undefined> {
  const { flags, context, terminal } = asking;
  if (blockers.length > 0) return `${plural(blockers.length, "problem")} in the way; nothing was written`;
  if (steps.length === 0 || flags.autoApprove === true) return undefined;
  if (!isInteractive(context, flags)) {
    return "there is nobody to ask, so nothing was written; give --auto-approve to do it without a question";
  }
  terminal.clearStatus();
  const question = terminal.err.style.bold(`Do this at ${inert(url)}? Type "yes" to continue: `);
  const answer = await context.ask(`\n${question}`);
  return answer.trim() === "yes" ? undefined : 'the answer was not "yes"; nothing was written';
}

function bodyOf({ url, version, steps, notes, blockers }: AccountPlan): object {
  return { url, version, steps, notes, blockers };
}

function planText({ url, version, steps, notes, blockers }: AccountPlan, style: Style): string {
  const release = version === undefined ? "" : ` ${inert(version)}`;
  return [
    `${style.bold("Open WebUI")}${release} at ${inert(url)}`,
    ...steps.map((step) => `  ${style.green("+")} ${inert(describeStep(step))}`),
    ...notes.map((note) => `${style.yellow("note:")} ${inert(note)}`),
    ...blockers.map(({ message, hint }) => `${style.red("error:")} ${inert(message)}\n  - ${inert(hint)}`),
    "",
  ].join("\n");
}

interface Done {
  readonly plan: AccountPlan;
  readonly models: readonly string[] | undefined;
  readonly isKept: boolean;
  readonly store: KeyStore;
}

function doneText({ plan, models, isKept, store }: Done, style: Style): string {
  const place = inert(`${store.path}${store.label}`);
  const head =
    plan.steps.length === 0 && isKept
      ? `${style.green("Nothing to do.")} The key in ${place} works.`
      : `${style.green("Done:")} the key is in ${place}.`;
  const sees =
    models === undefined || models.length === 0
      ? "It sees no model yet: grant it some with --grant."
      : `It sees ${plural(models.length, "model")}.`;
  return `${head} ${sees}\n`;
}
