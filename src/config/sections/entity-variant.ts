/** Finds the variant of an entity by its `type`. */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { localKey, type EntityKey } from "../../model/entity.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { monitorTypes } from "../../kinds/monitor-types/index.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { guess, sameWord } from "../../model/guess.ts";
import { meantMonitorType } from "../pasted/monitor-type-names.ts";
import { typeFromFields, typeUnderOtherKey } from "../pasted/type-from-fields.ts";
import { writtenAt } from "../values/provenance.ts";
import type { Finding } from "../../model/finding.ts";
import { spanOf } from "../source/positions.ts";
import { fixAt } from "../source/repair.ts";
import type { ReadContext, ReadObject } from "../values/read-value.ts";

interface EntityPlace {
  readonly key: EntityKey;
  readonly kind: Kind;
  readonly context: ReadContext;
}

/** Undefined, with findings, if it cannot be determined. */
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
  const report = (message: string, at: SourceSpan, hint: string, more: Pick<Finding, "fix"> = {}): void => {
    context.report({ code: "KS1206", severity: "error", message, hint, entity: key, at, ...more });
  };
  const isMonitor = kind.name === "monitor";
  // There are a hundred notification providers, so they are not listed.
  const list = isMonitor ? "all types: kuma-sync explain types" : "all types: kuma-sync explain notification";
  if (type === undefined) {
    const words = isMonitor ? typeHint(read.value) : undefined;
    const message = `${kind.name} "${localKey(key)}" has no type`;
    const place = writtenAt(read.provenance, "").place;
    report(message, spanOf(place, "key"), words === undefined ? list : `${words} (${list})`);
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
  // An unknown type may be newer than this version and is passed through (rules/notification-types.ts).
  if (variant !== undefined) return variant;
  const meant = isMonitor ? meantMonitorType(type) : undefined;
  const near = guess(type, types);
  const words =
    meant === undefined
      ? near && `did you mean "${near}"?`
      : `write ${[`type: ${meant.type}`, ...[meant.beside ?? []].flat()].join(", ")}`;
  const same = sameWord(type, types) ?? (isMonitor ? sureNames[type.toLowerCase()] : undefined);
  const fix = fixAt(
    writtenAt(read.provenance, "/type").place,
    same === undefined ? undefined : { type: "replace", value: same },
  );
  report(
    `unknown ${kind.name} type "${type.slice(0, 60)}"`,
    at,
    words === undefined ? list : `${words} (${list})`,
    fix,
  );
  return undefined;
}

/** Names that can mean nothing else. */
const sureNames: Readonly<Record<string, string>> = {
  https: "http",
  website: "http",
  icmp: "ping",
  tcp: "port",
  postgresql: "postgres",
  mssql: "sqlserver",
  mongo: "mongodb",
};

/** People copy monitors from tools that name the type differently, or derive it from the URL. */
function typeHint(value: JsonObject): string | undefined {
  const named = typeUnderOtherKey(value);
  if (named !== undefined) return `write \`type: ${named.type}\` in place of ${named.key}`;
  const nested = Object.entries(value).find(([key, item]) => monitorTypes.has(key) && isJsonObject(item));
  if (nested !== undefined) return `write \`type: ${nested[0]}\`, and its fields beside it`;
  const type = typeFromFields(value);
  return type === undefined ? undefined : `for example type: ${type}`;
}
