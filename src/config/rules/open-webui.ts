import { openWebUIFindings } from "./check-open-webui.ts";
import type { ConfigRule } from "./rule.ts";

export const openWebUI: ConfigRule = {
  name: "open-webui",
  checkAll: ({ entities, openWebUI: instances }) => openWebUIFindings(entities, instances),
};
