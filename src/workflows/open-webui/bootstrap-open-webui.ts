/**
 * `bootstrap --open-webui`: creates the account for the monitors over Open WebUI's own HTTP API. The steps are shown
 * before the question. The key goes to a file that only its owner can read, never to the terminal.
 */
import { UsageError } from "../../model/errors.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { describeStep, type AccountPlan, type AccountWish } from "../../services/open-webui/account/account-plan.ts";
import { carryOutAccount } from "../../services/open-webui/account/bootstrap-account.ts";
import { fetchPort } from "../../services/requests/fetch-port.ts";
import { planAccount } from "../../services/open-webui/account/plan-account.ts";
import { plural } from "../../output/words/counts.ts";
import { accountQuestion, renderAccountPlan, renderFinishedAccount } from "../../output/human/open-webui-account.ts";
import { renderRefusal } from "../../output/human/refusal.ts";
import { createDocument } from "../../output/json.ts";
import { readSecret } from "../connection/credentials.ts";
import { isInteractive } from "../../run/is-interactive.ts";
import { untilAborted } from "../../run/until-aborted.ts";
import type { ApplyFlags, OutputFlags, ServerFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { openApiKeyFile, type ApiKeyFileFlags } from "./api-key-file.ts";
import {
  readOpenWebUIKey,
  readOpenWebUIUrl,
  toServerError,
  usualTimeoutMs,
  type OpenWebUIFlags,
} from "./open-webui-target.ts";
import { newPassword } from "./new-password.ts";
import { refuseUntrusted } from "../connection/refuse-untrusted.ts";

export interface OpenWebUIAccountFlags extends OpenWebUIFlags, ApiKeyFileFlags {
  readonly account: string;
  readonly group: string;
  readonly grant?: readonly string[];
  readonly restrictEndpoints?: boolean;
}

type Flags = OpenWebUIAccountFlags & OutputFlags & Pick<ServerFlags, "input"> & Pick<ApplyFlags, "autoApprove">;

export async function bootstrapOpenWebUI(run: Run<Flags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  refuseUntrusted(run, "bootstrap --open-webui");
  const keyFile = openApiKeyFile(run);
  const stored = await keyFile.read();
  if (stored !== undefined) context.redactor.add([stored]);
  const wish = await readWish(run, stored);
  const timeoutMs = flags.timeout ?? usualTimeoutMs;
  const port = fetchPort({ timeoutMs, signal: context.signal });
  try {
    terminal.status("reading what is there");
    const plan = await untilAborted(planAccount(port, wish), context.signal);
    const steps = plan.steps.map(describeStep);
    terminal.print(renderAccountPlan({ ...plan, steps }, terminal.out.style));
    const refusal = await refusalOf(run, plan);
    if (refusal !== undefined) {
      const outcome: Outcome = { type: "refused" };
      terminal.alert(renderRefusal({ reason: "refused", refusal }, terminal.err.style));
      terminal.printDocument(createDocument("bootstrap", outcome, { ...bodyOf(plan), refusal }));
      return outcome;
    }
    // A key that cannot be stored must not be created, because in some releases it invalidates the old one.
    await keyFile.prepare();
    // A signal must not interrupt between creating a key and storing it. Each step has its own time limit.
    const store = async (apiKey: string): Promise<void> => {
      context.redactor.add([apiKey]);
      if (apiKey !== stored) await keyFile.write(apiKey);
    };
    const { apiKey, models } = await context.whileWriting(async () => {
      try {
        const made = await carryOutAccount(fetchPort({ timeoutMs }), wish, {
          plan,
          makePassword: newPassword,
          onStep: (step) => terminal.status(describeStep(step)),
          storeKey: store,
        });
        await store(made.apiKey);
        return made;
      } finally {
        await keyFile.discard();
      }
    });
    const isKept = apiKey === stored;
    const unseen = models === undefined ? [] : wish.grants.filter((model) => !models.includes(model));
    const outcome: Outcome = { type: "done" };
    const isUnchanged = plan.steps.length === 0 && isKept;
    const keyPlace = `${keyFile.path}${keyFile.label}`;
    terminal.print(renderFinishedAccount({ isUnchanged, models, unseen, keyPlace }, terminal.out.style));
    terminal.printDocument(
      createDocument("bootstrap", outcome, { ...bodyOf(plan), keyFile: keyFile.path, models, unseen }),
    );
    return outcome;
  } catch (error) {
    throw toServerError(error);
  }
}

async function readWish(run: Run<Flags>, stored: string | undefined): Promise<AccountWish> {
  const { context, flags } = run;
  const { account, group, grant: grants = [], restrictEndpoints: restrictsEndpoints = false } = flags;
  const email = context.env["OPEN_WEBUI_ADMIN_EMAIL"] ?? "";
  const token = await readSecret(run, "OPEN_WEBUI_ADMIN_TOKEN");
  const password = await readSecret(run, "OPEN_WEBUI_ADMIN_PASSWORD");
  if (token === undefined && (email === "" || password === undefined)) {
    throw new UsageError(
      "no administrator of Open WebUI is named",
      "set OPEN_WEBUI_ADMIN_EMAIL and OPEN_WEBUI_ADMIN_PASSWORD, or OPEN_WEBUI_ADMIN_TOKEN",
    );
  }
  return {
    url: readOpenWebUIUrl(run, flags.openWebui),
    admin: token === undefined ? { email, password: password ?? "" } : { token },
    account: {
      email: account,
      name: "Monitoring",
      password: await readSecret(run, "OPEN_WEBUI_ACCOUNT_PASSWORD"),
    },
    apiKey: stored ?? (await readOpenWebUIKey(run)),
    group,
    grants,
    restrictsEndpoints,
  };
}

/** Undefined if the plan may be carried out. */
async function refusalOf(run: Run<Flags>, { url, steps, blockers }: AccountPlan): Promise<string | undefined> {
  const { context, terminal, flags } = run;
  if (blockers.length > 0) return `${plural(blockers.length, "problem")} in the way; nothing was written`;
  if (steps.length === 0 || flags.autoApprove === true) return undefined;
  if (!isInteractive(run)) {
    return "cannot ask for confirmation without a terminal, so nothing was written; give --auto-approve to do it without a question";
  }
  const answer = await context.ask(accountQuestion(url, terminal.err.style));
  return answer.trim() === "yes" ? undefined : 'the answer was not "yes"; nothing was written';
}

function bodyOf({ url, version, steps, notes, blockers }: AccountPlan): object {
  return { url, version, steps, notes, blockers };
}
