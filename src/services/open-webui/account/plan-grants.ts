/** Plans which models the group of the account may read: only the ones that were named. */
import { guess } from "../../../model/guess.ts";
import type { JsonObject } from "../../../model/json.ts";
import { holds } from "../facts/facts-by-release.ts";
import { listedModels } from "../requests/listed-models.ts";
import type { AccountBlocker, AccountStep, AccountWish } from "./account-plan.ts";
import { memberText, type AccountApi } from "./admin-api.ts";
import { mayRead, readModelRow } from "./model-grants.ts";

interface PlannedGrants {
  readonly steps: readonly AccountStep[];
  readonly notes: readonly string[];
  readonly blockers: readonly AccountBlocker[];
}

interface GrantsInput {
  /** The group and those above it; empty while the group does not exist. */
  readonly groupIds: ReadonlySet<string>;
  readonly version: string | undefined;
}

/**
 * A grant would make a row for a model that nobody has, so each name is looked up first. The base model of a preset,
 * which the account also needs from 0.9.0 on, is mentioned in a note.
 */
export async function planGrants(
  admin: AccountApi,
  { grants, group }: Pick<AccountWish, "grants" | "group">,
  { groupIds, version }: GrantsInput,
): Promise<PlannedGrants> {
  const steps: AccountStep[] = [];
  const notes: string[] = [];
  const blockers: AccountBlocker[] = [];
  if (grants.length === 0) return { steps, notes, blockers };
  const isReadable = (row: JsonObject | undefined): boolean => row !== undefined && mayRead(row, groupIds, version);
  const listed = await modelIds(admin);
  for (const model of new Set(grants)) {
    const row = await readModelRow(admin, model);
    if (!listed.has(model)) {
      if (row === undefined) {
        blockers.push(modelNotListed(model, listed));
        continue;
      }
      notes.push(`Open WebUI does not list "${model}" now: it is switched off, or its provider is down`);
    }
    if (!isReadable(row)) steps.push({ type: "grant-model", model, group, isListed: row !== undefined });
    const base = memberText(row, "base_model_id");
    if (base === "" || grants.includes(base) || holds("preset-needs-base", version) === false) continue;
    if (!isReadable(await readModelRow(admin, base))) {
      notes.push(
        `"${model}" is a preset and answers only accounts that may read its base model too: name "${base}" as well`,
      );
    }
  }
  return { steps, notes, blockers };
}

/** The models that an administrator sees: all of them. */
async function modelIds(admin: AccountApi): Promise<ReadonlySet<string>> {
  const json = await admin.get("/api/models");
  const models = listedModels({ type: "json", status: 200, retryAfter: undefined, json }) ?? [];
  return new Set(models.map(({ id }) => id));
}

function modelNotListed(model: string, listed: ReadonlySet<string>): AccountBlocker {
  const tagged = [...listed].filter((id) => id.startsWith(`${model}:`));
  const near = tagged.length > 0 ? tagged : [guess(model, listed)].filter((id) => id !== undefined);
  return {
    code: "model-not-listed",
    message: `Open WebUI lists no model "${model}"`,
    steps:
      near.length > 0
        ? [`did you mean ${near.map((id) => `"${id}"`).join(" or ")}?`]
        : [
            "look at its id in Admin Panel > Settings > Models",
            "if its provider is down, see Admin Panel > Settings > Connections",
          ],
  };
}
