import { defineMonitorType } from "./define-monitor-type.ts";
import { httpFields } from "./http-fields.ts";
import { invertKeywordField, keywordField } from "./keyword-fields.ts";

export const keyword = defineMonitorType({
  type: "keyword",
  summary: "Requests a URL; up when the response contains a text.",
  fields: {
    ...httpFields,
    keyword: keywordField(
      "The text to look for; case counts. A JSON response is searched without the spaces between its tokens.",
    ),
    invertKeyword: invertKeywordField,
  },
  required: ["url", "keyword"],
  example: {
    name: "Status page",
    type: "keyword",
    url: "https://example.com/status",
    keyword: "all systems operational",
  },
});
