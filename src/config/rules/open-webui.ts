import { openWebUIFindings } from "./check-open-webui.ts";
import type { Rule } from "./rule.ts";

export const openWebUI: Rule = {
  name: "open-webui",
  check: ({ entities, openWebUI: instances }) => openWebUIFindings(entities, instances),
};
