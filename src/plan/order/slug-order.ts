/**
 * Orders steps that change slugs. Writes run side by side, and the server refuses a slug that is taken, so a slug can
 * be used only after its page has another one.
 */
import type { EntityKey, ObservedEntity } from "../../model/entity.ts";
import type { ParkedPage, Step } from "../../model/plan.ts";

export interface SlugOrder {
  /** By the step that takes a slug: the step that frees it. It has no circles. */
  readonly freedBy: ReadonlyMap<EntityKey, EntityKey>;
  /** By the first step of a circle: the page that gets an unused slug for a moment to make room. */
  readonly parked: ReadonlyMap<EntityKey, ParkedPage>;
}

export function slugOrderOf(
  drafts: readonly { readonly step: Step }[],
  entities: readonly ObservedEntity[],
): SlugOrder {
  const pages = entities.filter(({ kind }) => kind === "status-page");
  const bySlug = new Map(pages.map((page) => [page.name, page]));
  const onPage = new Map<number, Step>();
  for (const { step } of drafts) if (step.kind === "status-page" && step.action !== "create") onPage.set(step.id, step);

  const freedBy = new Map<EntityKey, EntityKey>();
  for (const { step } of drafts) {
    const slug = newSlug(step);
    const holder = slug === undefined ? undefined : bySlug.get(slug);
    const other = holder === undefined ? undefined : onPage.get(holder.id);
    // A create never waits for a delete, because a page with the same slug is matched instead.
    const frees =
      other !== undefined && (newSlug(other) !== undefined || (isDelete(other) && step.action !== "create"));
    if (other !== undefined && other.key !== step.key && frees) freedBy.set(step.key, other.key);
  }

  const parked = new Map<EntityKey, ParkedPage>();
  const taken = new Set([...bySlug.keys(), ...drafts.flatMap(({ step }) => newSlug(step) ?? [])]);
  for (const start of freedBy.keys()) {
    const other = freedBy.get(start);
    const holder = bySlug.get(newSlug(drafts.find(({ step }) => step.key === start)?.step) ?? "");
    if (other === undefined || holder === undefined || !isCircle(start, freedBy)) continue;
    freedBy.delete(start);
    const temporary = freeSlug(holder.name, taken);
    taken.add(temporary);
    parked.set(start, { key: other, id: holder.id, slug: holder.name, temporary });
  }
  return { freedBy, parked };
}

/** Undefined for a step that does not change the slug. */
function newSlug(step: Step | undefined): string | undefined {
  if (step?.kind !== "status-page" || !("changes" in step)) return undefined;
  const change = step.changes.find(({ path }) => path === "/slug");
  return change !== undefined && !change.sensitive && typeof change.after === "string" ? change.after : undefined;
}

function isDelete({ action }: Step): boolean {
  return action === "delete";
}

function isCircle(start: EntityKey, freedBy: ReadonlyMap<EntityKey, EntityKey>): boolean {
  const seen = new Set<EntityKey>();
  for (let key = freedBy.get(start); key !== undefined && !seen.has(key); key = freedBy.get(key)) {
    if (key === start) return true;
    seen.add(key);
  }
  return false;
}

/** A slug is at most 255 characters long (docs/upstream/uptime-kuma.md#status-pages). */
function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  const base = slug.slice(0, 230);
  for (let count = 1; ; count += 1) {
    const candidate = `${base}-moving-${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
