/**
 * The calls that bring the tags of one monitor in line. The server links tags by rows without any rule
 * (docs/upstream/uptime-kuma.md#tags): adding twice makes two rows, editing changes every row of that tag on the
 * monitor, and a row whose value is NULL cannot be deleted before it is edited. So each tag is settled by itself, from
 * its rows.
 */
import type { KumaId } from "../model/entity.ts";

/** A link between the monitor and a tag. */
export interface TagLink {
  readonly tagId: KumaId;
  /** Null as the server may hold it; counts as "". */
  readonly value: string | null;
}

export interface TagCall {
  readonly event: "addMonitorTag" | "editMonitorTag" | "deleteMonitorTag";
  readonly tagId: KumaId;
  readonly value: string;
}

/** In the order in which they must be made. Nothing for links that are right, repeated ones included. */
export function tagCalls(have: readonly TagLink[], want: readonly TagLink[]): readonly TagCall[] {
  const tagIds = [...new Set([...want, ...have].map(({ tagId }) => tagId))];
  return tagIds.flatMap((tagId) =>
    callsForTag(
      tagId,
      have.filter((link) => link.tagId === tagId).map(({ value }) => value),
      want.filter((link) => link.tagId === tagId).map(({ value }) => value ?? ""),
    ),
  );
}

function callsForTag(tagId: KumaId, have: readonly (string | null)[], want: readonly string[]): TagCall[] {
  const call = (event: TagCall["event"], value: string): TagCall => ({ event, tagId, value });
  const surplus = [...new Set(have)].filter((value) => !want.includes(value ?? ""));
  const missing = want.filter((value) => !have.some((held) => (held ?? "") === value));

  // One row and one value: a single edit, which also reaches a NULL.
  const [only] = want;
  if (have.length === 1 && want.length === 1 && surplus.length === 1 && only !== undefined) {
    return [call("editMonitorTag", only)];
  }
  if (surplus.includes(null)) {
    return [
      call("editMonitorTag", ""),
      call("deleteMonitorTag", ""),
      ...want.map((value) => call("addMonitorTag", value)),
    ];
  }
  return [
    ...surplus.map((value) => call("deleteMonitorTag", value ?? "")),
    ...missing.map((value) => call("addMonitorTag", value)),
  ];
}
