/** The account that monitors of an Open WebUI use: what will be done, the question, and what was done. */
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";
import { plural } from "../words/counts.ts";

interface AccountPlan {
  readonly url: string;
  /** The release; undefined if the instance did not report one. */
  readonly version: string | undefined;
  /** What would be done, one line for each step. */
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  readonly blockers: readonly { readonly message: string; readonly steps: readonly string[] }[];
}

export function renderAccountPlan({ url, version, steps, notes, blockers }: AccountPlan, style: Style): string {
  const release = version === undefined ? "" : ` ${inert(version)}`;
  return [
    `${style.bold("Open WebUI")}${release} at ${inert(url)}`,
    ...steps.map((step) => `  ${style.green("+")} ${inert(step)}`),
    ...notes.map((note) => `${style.yellow("note:")} ${inert(note)}`),
    ...blockers.flatMap((blocker) => [
      `${style.red("error:")} ${inert(blocker.message)}`,
      ...blocker.steps.map((step) => `  - ${inert(step)}`),
    ]),
    "",
  ].join("\n");
}

export function accountQuestion(url: string, style: Style): string {
  return `\n${style.bold(`Do this at ${inert(url)}? Type "yes" to continue: `)}`;
}

interface FinishedAccount {
  /** Whether nothing had to be done. */
  readonly isUnchanged: boolean;
  /** The models that the account can see; undefined if they were not listed. */
  readonly models: readonly string[] | undefined;
  /** Granted models that are not among them. */
  readonly unseen: readonly string[];
  /** Where the key is, such as `monitoring.env as OPEN_WEBUI_API_KEY`. */
  readonly keyPlace: string;
}

export function renderFinishedAccount(
  { isUnchanged, models, unseen, keyPlace }: FinishedAccount,
  style: Style,
): string {
  const place = inert(keyPlace);
  const head = isUnchanged
    ? `${style.green("Nothing to do.")} The key in ${place} works.`
    : `${style.green("Done:")} the key is in ${place}.`;
  const missing = unseen
    .map((id) => `${style.yellow("note:")} it does not see ${inert(id)}: see whether the provider of that model runs\n`)
    .join("");
  return `${head} ${seenText(models, unseen)}\n${missing}`;
}

function seenText(models: readonly string[] | undefined, unseen: readonly string[]): string {
  if (models === undefined) return "Its models could not be listed.";
  if (models.length > 0) return `It sees ${plural(models.length, "model")}.`;
  return unseen.length > 0 ? "It sees no model." : "It sees no model yet: grant it some with --grant.";
}
