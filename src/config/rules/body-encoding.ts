import { valuesWithoutFormText } from "../../kinds/codecs/form-text.ts";
import { isJsonObject } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import type { EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/** Under `form` and `xml`, the server sends the body as text; a value that is not text would be sent as JSON. */
export const bodyEncoding: EntityRule = {
  name: "body-encoding",
  checkEach: checkBody,
};

function checkBody({ written: { body, httpBodyEncoding } }: DeclaredEntity): readonly EntityFinding[] {
  if (typeof body !== "object" || body === null) return [];
  const base = { code: "KS1412", severity: "error", pointer: "/body" } as const;
  const what = isJsonObject(body) ? "mapping" : "list";
  if (httpBodyEncoding === "xml") {
    const message = `a ${what} cannot be sent under httpBodyEncoding: xml`;
    return [{ ...base, message, hint: "write the XML as text, for example under `body: |`" }];
  }
  if (httpBodyEncoding !== "form") return [];
  if (!isJsonObject(body)) {
    const message = "a list cannot be sent under httpBodyEncoding: form, because its values have no names";
    return [{ ...base, message, hint: "write a mapping from field names to values" }];
  }
  return valuesWithoutFormText(body).map((at) => ({
    ...base,
    message: "a form has no nested values",
    hint: 'write the full name of each field, as the service reads it: "user[name]": ada, or user.name: ada',
    pointer: base.pointer + at,
  }));
}
