/** What `${env:…}` and `${file:…}` filled stays a secret on the server, whatever the field, also for who has no file. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { ledgerTexts } from "../../hostile/secret-spellings.ts";
import { openWorkspace, type Workspace } from "../../commands/workspace.ts";

/** Some of each sort: an address, a text, a number, a list, a name, and one within an address. */
const env = {
  PLACE: "https://inner-place.example/health",
  PORT: "48151",
  NOTE: "talk-to-the-night-shift",
  NAME: "Unspoken-name",
  PART: "zq7-part-of-it",
};
const secrets = Object.values(env);
const yaml = `version: 1
project: shop
monitors:
  api: { name: API, type: http, url: "\${env:PLACE}", description: "\${file:note.txt}" }
  db: { name: "\${env:NAME}", type: port, hostname: db.example, port: "\${env:PORT}" }
  web: { name: Web, type: http, url: "https://web.example/x/\${env:PART}/y" }
  open: { name: Open, type: http, url: "https://open.example", interval: 90 }
`;

async function openApplied(): Promise<Workspace> {
  const workspace = await openWorkspace(yaml);
  writeFileSync(join(workspace.folder, "note.txt"), env.NOTE);
  const { code, stderr } = await workspace.run(["apply", "--auto-approve"], { env });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return workspace;
}

function heldIn(text: string): readonly string[] {
  return secrets.filter((secret) => text.includes(secret));
}

describe("fields that the environment or a file filled", () => {
  test("the ledger records which fields they are, and no value", async () => {
    const { kuma } = await openApplied();
    const text = ledgerTexts(kuma.settings);
    expect(heldIn(text)).toEqual([]);
    expect(text).toContain('"url":""');
    expect(text).toContain('"port":""');
    expect(text).toContain('"description":""');
  });

  test("snapshot leaves them out, and a plan against it shows no change of them", async () => {
    const { folder, run } = await openApplied();
    await run(["snapshot", "--out", "snap.json"]);
    const text = readFileSync(join(folder, "snap.json"), "utf8");
    expect(heldIn(text)).toEqual([]);
    const { entities } = JSON.parse(text) as Snapshot;
    const withheld = Object.fromEntries(entities.map(({ owner, sensitive }) => [owner?.key ?? "", sensitive]));
    expect(withheld).toMatchObject({
      api: expect.arrayContaining(["/url", "/description"]),
      db: expect.arrayContaining(["/port", "/name"]),
      web: expect.arrayContaining(["/url"]),
    });
    expect(withheld["open"]).not.toContain("/url");
    const plan = await run(["plan", "--against", "snap.json", "--detailed-exitcode"], { env });
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining("No changes") });
  });

  test("import writes variables for them, and planning its YAML shows no changes", async () => {
    const { folder, run, write } = await openApplied();
    const imported = await run(["import", "--out", "imported.yaml", "--secrets-file", "secrets.env"]);
    const text = readFileSync(join(folder, "imported.yaml"), "utf8");
    expect(imported.code).toBe(0);
    expect(heldIn(`${text}${imported.stdout}${imported.stderr}`)).toEqual([]);
    expect(text).toContain("port: ${env:DB_PORT}");
    write(text);
    const values = readFileSync(join(folder, "secrets.env"), "utf8").matchAll(/^(\w+)=(.*)$/gmu);
    const variables = [...values].map(([, name = "", value = ""]) => [name, value.replaceAll(/^["']|["']$/gu, "")]);
    const plan = await run(["plan", "--detailed-exitcode"], { env: Object.fromEntries(variables) });
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining("No changes") });
  });

  test("plan shows no old value of them, neither for an edit nor for a removal", async () => {
    const { run, write } = await openApplied();
    write(`version: 1
project: shop
monitors:
  api: { name: API, type: http, url: "https://other.example" }
  web: { name: Web, type: http, url: "https://web.example" }
  open: { name: Open, type: http, url: "https://open.example", interval: 90 }
`);
    for (const format of ["human", "json", "markdown"]) {
      const { code, stdout, stderr } = await run(["plan", "--format", format, "--full"]);
      expect({ code, held: heldIn(stdout + stderr) }).toEqual({ code: 0, held: [] });
      expect(stdout).toContain("monitor/db");
      expect(stdout).toContain("sensitive");
    }
  });
});
