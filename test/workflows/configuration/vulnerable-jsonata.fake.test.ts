/** What is said of a server whose JSONata has published vulnerabilities, and what a query that reaches for them is there. */
import { describe, expect, it } from "vitest";
import { startUsed } from "../../services/open-webui/with-stand-in.ts";
import { readDocument } from "../../commands/documents.ts";
import { configOf, openWorkspace } from "../../commands/workspace.ts";

const reaching = `version: 1
project: shop
monitors:
  api:
    name: API
    type: json-query
    url: https://api.example
    headers: { Accept: application/json }
    jsonPath: '$lookup($, "constructor")'
    expectedValue: ok
`;
const noteCount = (text: string): number => text.split("[KS1532]").length - 1;
const foundIn = (document: unknown): readonly unknown[] =>
  ((document as { readonly findings?: readonly object[] }).findings ?? []).filter(
    (finding) => (finding as { readonly code: string }).code === "KS1532",
  );

describe.each([
  ["2.5.3", 1],
  ["2.5.4", 0],
] as const)("on a server %s", (statedVersion, notes) => {
  it.each(["plan", "status"])(`%s notes the hole ${notes} times, for people and in JSON`, async (command) => {
    const { run } = await openWorkspace(configOf({ api: 60 }), { statedVersion });
    const { code, stderr } = await run([command]);
    expect(code).toBe(0);
    expect(noteCount(stderr)).toBe(notes);
    expect(foundIn(readDocument(await run([command, "--format", "json"])))).toHaveLength(notes);
  });

  it(`doctor notes it ${notes} times when it knows the server`, async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }), { statedVersion });
    const { url } = await startUsed("0.11.0");
    expect(noteCount((await run(["doctor", "--open-webui", url])).stderr)).toBe(notes);
    expect(foundIn(readDocument(await run(["doctor", "--open-webui", url, "--format", "json"])))).toHaveLength(notes);
  });

  it("plan reports a query that can reach JavaScript, by the severity for this server", async () => {
    const { run } = await openWorkspace(reaching, { statedVersion });
    const { code, stderr } = await run(["plan"]);
    expect(code).toBe(notes === 1 ? 3 : 0);
    expect(stderr).toContain(`: ${notes === 1 ? "error" : "warning"}: the query uses "constructor"`);
  });
});

it("validate, without a server, reports it as an error", async () => {
  const { run } = await openWorkspace(reaching);
  const { code, stderr, stdout } = await run(["validate"]);
  expect(code).toBe(3);
  expect(stderr + stdout).toContain("[KS1531]");
});
