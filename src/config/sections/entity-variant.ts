/** What an entity is, by its `type`. */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { localKey, type EntityKey } from "../../model/entity.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { guess } from "../../model/guess.ts";
import { writtenAt } from "../values/provenance.ts";
import { spanOf } from "../source/positions.ts";
import type { ReadContext, ReadObject } from "../values/read-value.ts";

interface EntityPlace {
  readonly key: EntityKey;
  readonly kind: Kind;
  readonly context: ReadContext;
}

/** Undefined, with findings, when it cannot be determined. */
export function variantOf(input: EntityPlace, read: ReadObject): Variant | undefined {
  const { kind, key, context } = input;
  const { type } = read.value;
  const known = read.provenance.get("/type");
  if (typeof type === "string" && known === undefined && kind.variants.some((variant) => variant.type === type)) {
    return kind.variant(type);
  }
  const types = kind.variants.flatMap((variant) => variant.type ?? []);
  if (types.length === 0) return kind.variant(undefined);
  if (known?.isBroken === true) return undefined;
  const report = (message: string, at: SourceSpan, hint: string): void => {
    context.report({ code: "KS1206", severity: "error", message, hint, entity: key, at });
  };
  // The notification providers alone are a hundred.
  const list = types.length > 30 ? "all types: docs/reference/monitor-types.md" : `one of ${types.join(", ")}`;
  if (type === undefined) {
    report(`${kind.name} "${localKey(key)}" has no type`, spanOf(writtenAt(read.provenance, "").place, "key"), list);
    return undefined;
  }
  const at = spanOf(writtenAt(read.provenance, "/type").place, "value");
  if (known?.isSecret === true) {
    report("the type cannot come from ${env:…} or ${file:…}: it is shown in every plan", at, "use ${var:…}");
    return undefined;
  }
  if (typeof type !== "string") {
    report("the type must be text", at, list);
    return undefined;
  }
  const variant = kind.variant(type);
  // A type that nobody knows may pass through, because it may be newer than this version (rules/notification-types.ts).
  if (variant !== undefined) return variant;
  const near = guess(type, types);
  report(
    `unknown ${kind.name} type "${type.slice(0, 60)}"`,
    at,
    near === undefined ? list : `did you mean "${near}"? (${list})`,
  );
  return undefined;
}
