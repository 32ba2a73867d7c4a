import { duration } from "../../kinds/codecs/duration.ts";
import { localKey } from "../../model/entity.ts";
import { isWithin, pointerParts, pointerTo } from "../../model/json.ts";
import { checkOpenWebUI } from "../../presets/check-open-webui.ts";
import { findingFor } from "../entity-finding.ts";
import { openWebUIWords } from "../open-webui-finding.ts";
import type { Rule } from "./rule.ts";

/** What monitors of an Open WebUI cannot see, however they came to be: from a block or written by hand. */
export const openWebUI: Rule = {
  name: "open-webui",
  check({ entities, openWebUI: instances }) {
    const monitors = new Map(
      entities.filter(({ kind }) => kind === "monitor").map((entity) => [localKey(entity.key), entity]),
    );
    const written = [...monitors].map(([key, entity]) => [key, { type: entity.variant.type ?? "", ...entity.written }]);
    const problems = checkOpenWebUI(Object.fromEntries(written) as Parameters<typeof checkOpenWebUI>[0], {
      instances,
      secondsOf: (value) => duration.normalise(value) as number | null,
    });
    return problems.flatMap((problem) => {
      const [key = "", ...parts] = pointerParts(problem.pointer);
      const entity = monitors.get(key);
      if (entity === undefined) return [];
      const pointer = pointerTo(...parts);
      const { secrets } = entity;
      const isSecret = isWithin("/url", secrets) || isWithin(pointer, secrets);
      return [findingFor(entity, { ...openWebUIWords(problem, isSecret), pointer })];
    });
  },
};
