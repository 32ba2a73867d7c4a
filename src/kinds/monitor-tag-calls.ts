/**
 * The calls that change the tags of one monitor. The server stores links to tags as rows without constraints
 * (docs/upstream/uptime-kuma.md#tags): adding twice makes two rows, an edit changes every row of that tag on the
 * monitor, and a row whose value is NULL must be edited before it can be deleted. So each tag is handled separately, by
 * its rows.
 */
import type { KumaId } from "../model/entity.ts";

/** A link between the monitor and a tag. */
export interface TagLink {
  readonly tagId: KumaId;
  /** May be null on the server, which counts as "". */
  readonly value: string | null;
}

export interface TagCall {
  readonly event: "addMonitorTag" | "editMonitorTag" | "deleteMonitorTag";
  readonly tagId: KumaId;
  readonly value: string;
}

/**
 * In the order in which they must be made. Wanted links cost no call, even if their rows are repeated: one row of
 * several equal ones cannot be deleted alone. Deleting all and adding one again would leave the monitor without its
 * tag, or its marker, if the run were killed in between, while a repeated row only shows twice.
 */
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

  // One row and one wanted value need a single edit, which also works for NULL.
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
