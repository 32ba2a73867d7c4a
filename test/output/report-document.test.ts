import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/model/exit-code.ts";
import { renderData } from "../../src/output/render-data.ts";
import { readDocument } from "../commands/documents.ts";
import { applied, everyRun } from "./run-data.ts";

describe("json of a run", () => {
  it.each(everyRun.map((data) => [data.type, data] as const))("%s is valid by its schema", (_type, data) => {
    const stdout = renderData(data, "json", "1.0.0");
    const document = readDocument({ code: exitCodeOf(data.outcome), stdout, stderr: "", questions: [] });
    expect(document["type"]).toBe(`kuma-sync.${data.type === "apply" ? "report" : data.type}`);
  });

  it("leaves out what did not happen", () => {
    const stdout = renderData(
      { ...applied, outcome: { type: "refused" }, result: "refused", report: undefined, firstHeartbeats: undefined },
      "json",
      "1.0.0",
    );
    const document = readDocument({ code: 5, stdout, stderr: "", questions: [] });
    expect(document).toMatchObject({ result: "refused", outcomes: [] });
    for (const name of ["verification", "firstHeartbeats", "refusal"]) expect(document).not.toHaveProperty(name);
  });
});
