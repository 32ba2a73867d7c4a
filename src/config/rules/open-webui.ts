/** Applies the Open WebUI rules and built-in samples to a configuration's monitors, with the known releases. */
import { localKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { isWithin, pointerParts, pointerTo, type JsonObject } from "../../model/json.ts";
import type { OpenWebUIInstance } from "../../services/open-webui/rules/asked-monitor.ts";
import { checkOpenWebUI } from "../../services/open-webui/rules/check-open-webui.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import { placesWith } from "../values/provenance.ts";
import { openWebUIWords } from "../sections/open-webui-finding.ts";
import type { ConfigRule } from "./rule.ts";

export const openWebUI: ConfigRule = {
  name: "open-webui",
  checkAll: ({ entities, openWebUI: instances }) => openWebUIFindings(entities, instances),
};

/** Outages that monitors of `instances` would miss, whether they come from a block or were written by hand. */
export function openWebUIFindings(
  entities: readonly DeclaredEntity[],
  instances: readonly OpenWebUIInstance[],
): readonly Finding[] {
  const own = entities.filter(({ kind }) => kind === "monitor");
  const monitors = new Map(own.map((entity) => [localKey(entity.key), entity]));
  const problems = checkOpenWebUI(writtenMonitors(entities), { instances });
  return problems.flatMap((problem) => {
    const [key = "", ...parts] = pointerParts(problem.pointer);
    const entity = monitors.get(key);
    if (entity === undefined) return [];
    const pointer = pointerTo(...parts);
    const secrets = placesWith(entity.provenance, "isSecret");
    const isSecret = isWithin("/url", secrets) || isWithin(pointer, secrets);
    return [findingFor(entity, { ...openWebUIWords(problem, isSecret), pointer })];
  });
}

/** By key without the kind; the type is among the fields. */
export function writtenMonitors(entities: readonly DeclaredEntity[]): Readonly<Record<string, JsonObject>> {
  const monitors = entities.filter(({ kind }) => kind === "monitor");
  return Object.fromEntries(
    monitors.map(({ key, variant, written }) => [localKey(key), { type: variant.type ?? "", ...written }]),
  );
}
