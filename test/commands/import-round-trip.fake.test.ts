/** The promise of `import`, through the program as a person uses it, with an object of every type of every kind. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { connect } from "../../src/kuma/connect.ts";
import { fakeAdmin } from "../fakes/kuma-server.ts";
import { seedEverything } from "../import/one-of-everything.ts";
import { readDocument } from "./documents.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

async function openFull(): Promise<Workspace> {
  const workspace = await openWorkspace("");
  const client = await connect({ url: workspace.kuma.url, credentials: { type: "password", ...fakeAdmin } });
  await seedEverything(client);
  await client.close();
  return workspace;
}

/** As a shell reads it: `NAME=value`, or `NAME='value'` where the value needs it. */
function readEnv(file: string): Readonly<Record<string, string>> {
  const lines = readFileSync(file, "utf8").matchAll(/^(\w+)=(?:'((?:[^']|'\\'')*)'|(.*))$/gmu);
  const entries = [...lines].map(([, name = "", quoted, plain = ""]) => {
    return [name, quoted?.replaceAll(String.raw`'\''`, "'") ?? plain] as const;
  });
  return Object.fromEntries(entries);
}

describe("import → plan → apply → plan", () => {
  it.each([
    ["one file", ["--out", "imported.yaml"], ["-f", "imported.yaml"]],
    ["a file for each group", ["--split", "monitors"], ["-f", "monitors"]],
  ])("%s: only adoptions, then nothing", async (_name, written, read) => {
    const { run, folder, kuma } = await openFull();
    const imported = await run(["import", "--project", "shop", ...written, "--secrets-file", "secrets.env"]);
    expect(imported.code).toBe(0);
    expect(imported.stdout).not.toContain("Not represented");
    const env = readEnv(join(folder, "secrets.env"));

    const plan = readDocument(await run(["plan", ...read, "--format", "json"], { env }));
    const steps = plan["steps"] as readonly { readonly kind: string; readonly action: string; readonly changes: [] }[];
    expect(plan["blockers"]).toEqual([]);
    expect(steps.filter(({ action, changes }) => action !== "adopt" || changes.length > 0)).toEqual([]);
    // What is known by its name, or there once, is not taken over.
    const adopted = new Set([...kinds.keys()].filter((kind) => kind !== "tag" && kind !== "settings"));
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(adopted);

    const before = JSON.stringify([...kuma.monitors.values()]);
    expect((await run(["apply", ...read, "--auto-approve"], { env })).code).toBe(0);
    expect(JSON.stringify([...kuma.monitors.values()])).toBe(before);
    const again = await run(["plan", ...read, "--detailed-exitcode"], { env });
    expect([again.code, again.stdout.startsWith("No changes.")]).toEqual([0, true]);
  });
});
