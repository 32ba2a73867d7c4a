/** One block of a service: its type, its shape, and what is known of its values. */
import { guess, sameWord } from "../../model/guess.ts";
import {
  isJsonObject,
  isWithin,
  pointerParts,
  pointerTo,
  valueAt,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import { blockSchema } from "../../services/blocks/expand-block.ts";
import type { Service } from "../../services/service.ts";
import { isServiceType, loadService, serviceTitle, serviceTypes, type ServiceType } from "../../services/services.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf } from "../source/positions.ts";
import { fixAt } from "../source/repair.ts";
import { concerns, isBroken, placesWith, type Origin, type Provenance } from "../values/provenance.ts";
import { readValue, type ReadObject } from "../values/read-value.ts";
import { checkShape } from "./check-shape.ts";
import type { DeclaredServiceBlock } from "../expand/expand-services.ts";
import { madeTexts, type MadeTexts } from "./service-marks.ts";

export interface ReadBlock {
  readonly key: string;
  readonly type: ServiceType;
  readonly service: Service;
  /** Without `type`, valid by the schema of the type. */
  readonly written: JsonObject;
  /** By pointers into the block. */
  readonly provenance: Provenance;
  /** Secret values, as they appear in `written`. */
  readonly secretTexts: readonly string[];
  readonly made: MadeTexts;
  /** Of a pointer into the block. */
  originAt(pointer: JsonPointer): Origin;
}

/** Undefined, with findings, if anything is wrong, because half a block would produce different monitors. */
export async function readServiceBlock(block: DeclaredServiceBlock): Promise<ReadBlock | undefined> {
  const { section, key, place, context } = block;
  const read = readValue(place, context);
  const at = pointerTo(section, block.writtenKey ?? key);
  if (!isJsonObject(read.value)) {
    const hint = section === "services" ? "it needs at least a type and a url" : "it needs at least a url";
    const message = `"${key}" must be a mapping`;
    if (read.provenance.get("")?.isBroken !== true)
      context.report({ code: "KS1202", severity: "error", message, at: spanOf(place, "key"), pointer: at, hint });
    return undefined;
  }
  const whole: ReadObject = { value: read.value, provenance: read.provenance };
  const typed = section === "openWebUI" ? { type: "open-webui" as const, ...whole } : typeOf(whole, block);
  if (typed === undefined) return undefined;
  const { type, value, provenance } = typed;
  const service = await loadService(type);
  const shape = checkShape(
    { value, provenance, schema: blockSchema(service) },
    {
      subject: `${/^[AEIOaeio]/u.test(serviceTitle(type)) ? "an" : "a"} ${serviceTitle(type)}`,
      isHidden: (pointer) => isWithin(pointer, ["/apiKey"]) || concerns(provenance, "isSecret", pointer),
    },
  );
  for (const { isAboutKey, repair, ...problem } of shape.problems) {
    const found = placeBelow(place, pointerParts(problem.pointer));
    const span = spanOf(found, isAboutKey || problem.pointer === "" ? "key" : "value");
    const pointer = at + problem.pointer;
    context.report({ ...problem, severity: "error", at: span, pointer, ...fixAt(found, repair) });
  }
  if (shape.problems.length > 0 || isBroken(read.provenance)) return undefined;
  const written = shape.value;
  return {
    key,
    type,
    service,
    written,
    provenance: shape.provenance,
    secretTexts: placesWith(provenance, "isSecret").flatMap((pointer) => {
      const text = valueAt(written, pointer);
      return typeof text === "string" && text !== "" ? [text] : [];
    }),
    made: madeTexts(service, { key, written, provenance: shape.provenance }),
    originAt: (pointer) => ({ by: "service", place: placeBelow(place, pointerParts(pointer)), pointer: at + pointer }),
  };
}

/** The type, and the block without it. Undefined, with a finding, if there is no such type. */
function typeOf(
  { value, provenance }: ReadObject,
  { section, key, writtenKey = key, place, context }: DeclaredServiceBlock,
): (ReadObject & { readonly type: ServiceType }) | undefined {
  const { type, ...own } = value;
  const known = provenance.get("/type");
  if (known?.isBroken === true) return undefined;
  const found = placeBelow(place, ["type"]);
  const list = `known are ${serviceTypes.join(", ")}`;
  const base = { code: "KS1801", severity: "error", pointer: pointerTo(section, writtenKey, "type") } as const;
  if (known?.isSecret === true) {
    const message = "the type cannot come from ${env:…} or ${file:…}: it decides which monitors there are";
    context.report({ ...base, message, at: spanOf(found, "value"), hint: "use ${var:…}" });
    return undefined;
  }
  if (isServiceType(type)) return { type, value: own, provenance };
  if (type === undefined) {
    const message = `service "${key}" has no type`;
    context.report({ ...base, pointer: pointerTo(section, writtenKey), message, at: spanOf(place, "key"), hint: list });
    return undefined;
  }
  const name = typeof type === "string" ? type : "";
  const same = sameWord(name, serviceTypes);
  const near = same ?? guess(name, serviceTypes);
  context.report({
    ...base,
    message: typeof type === "string" ? `unknown service type "${name.slice(0, 60)}"` : "the type must be text",
    at: spanOf(found, "value"),
    hint: near === undefined ? list : `did you mean "${near}"? (${list})`,
    ...fixAt(found, same === undefined ? undefined : { type: "replace", value: same }),
  });
  return undefined;
}
