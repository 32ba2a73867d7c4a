/** Nothing that a file says can run code, or change the verdict on what another file says. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Check, Judgement } from "../../../src/query/check.ts";
import { childCommand } from "../../../src/query/child-command.ts";
import { openLab } from "../../../src/query/lab.ts";
import { serverRules } from "../../../src/query/server-rules.ts";
import { builtChild, builtModule } from "../built-child.ts";
import { vectors } from "../vectors.ts";
import { reachedBody, reachingExpressions } from "./reaching-expressions.ts";

const entry = builtChild();
/** One for each engine. */
const servers = ["1.23.16", "1.23.17", "2.5.3", "2.5.4"] as const;
const clock = Date.parse("2026-01-02T03:04:05Z");

function check(query: string, server: string): Check {
  return { query, operator: "==", expected: "reached", server, body: reachedBody, wantsValue: true };
}

it("asks every engine", () => {
  expect(servers.map((server) => serverRules(server).engine)).toEqual(["2.0.6", "2.1.0", "2.1.1", "2.2.2"]);
});

describe.each([
  ["as it is", childCommand(entry)],
  // The setter of prototypes is the only known way in; behind it the frozen intrinsics must hold.
  ["with __proto__ left in", childCommand(entry).filter((flag) => flag !== "--disable-proto=delete")],
])("an expression that reaches for JavaScript, in a process %s", (_state, command) => {
  const lab = openLab({ command });
  afterAll(() => lab.close());
  const cases = servers.flatMap((server) =>
    Object.entries(reachingExpressions).map(([name, query]) => [server, name, query] as const),
  );

  it.each(cases)("%s: %s", async (server, _, query) => {
    const honest = [
      check('$uppercase("a") & $string({"x":[1,"b"]}) & $now("[Y]")', server),
      { ...check('$contains("abc", "b") and $count([1,2]) = 2 ? "reached"', server), clock },
      { ...check("$random()", server), clock },
    ];
    const before = await lab.run(honest);
    const [reached] = await lab.run([check(query, server)]);
    const after = await lab.run(honest);
    expect(after).toEqual(before);
    expect(after.map(({ status }) => status)).toEqual(["down", "up", "down"]);
    expect(reached).not.toMatchObject({ status: "up" });
  });
});

function allChecks(server: string): readonly Check[] {
  return [
    ...vectors.map(({ query, operator, expected, response, content_type: contentType }) => ({
      query,
      operator,
      expected,
      body: response,
      server,
      clock,
      ...(contentType !== undefined && { contentType }),
    })),
    ...Object.values(reachingExpressions).map((query) => ({ ...check(query, server), clock })),
  ];
}

describe("the order of two expressions", () => {
  const lab = openLab({ entry });
  afterAll(() => lab.close());

  it.each(servers)("never changes a verdict of %s", async (server) => {
    const checks = allChecks(server);
    const alone = await lab.run(checks);
    await fc.assert(
      fc.asyncProperty(
        // A shuffle of all has each before half of the others.
        fc.shuffledSubarray(
          checks.map((_, index) => index),
          { minLength: checks.length },
        ),
        async (order) => {
          const judgements = await lab.run(order.map((index) => checks[index] as Check));
          const back: Judgement[] = [];
          for (const [at, index] of order.entries()) back[index] = judgements[at] as Judgement;
          expect(back).toEqual(alone);
        },
      ),
      { numRuns: 2 },
    );
  });
});

it("leaves nothing that code running in the process could use", () => {
  // What an expression cannot do, this script does: it runs code, behind the same flags and after the same preparation.
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-contain-"));
  const command = childCommand(entry);
  const files = JSON.parse(command.at(-1) ?? "") as { readonly ses: string };
  const script = join(folder, "script.mjs");
  const contain = builtModule("child/contain");
  writeFileSync(
    script,
    `
    import { contain } from ${JSON.stringify(pathToFileURL(contain).href)};
    import own from "node:process";
    import fs from "node:fs";
    import { spawnSync } from "node:child_process";
    import { Worker } from "node:worker_threads";
    import inspector from "node:inspector";
    contain(${JSON.stringify(files.ses)});
    const tries = {
      globals: () => [typeof process, typeof require, typeof fetch, typeof Buffer, typeof WebAssembly, typeof console].join() === "undefined,undefined,undefined,undefined,undefined,undefined",
      kill: () => own.kill === undefined && own.binding === undefined && own._debugProcess === undefined,
      builtins: () => own.getBuiltinModule === undefined && own.mainModule === undefined && own.dlopen === undefined,
      prototypes: () => [Object, Array, Function, Promise, String, JSON, Math].every((it) => Object.isFrozen(it) && (it.prototype === undefined || Object.isFrozen(it.prototype))),
      global: () => Object.isFrozen(globalThis),
      code: () => { try { new (() => {}).constructor("return 1"); return false; } catch { return true; } },
      proto: () => !("__proto__" in {}),
      read: () => denied(() => fs.readFileSync("/proc/" + own.ppid + "/environ")) && denied(() => fs.readdirSync(${JSON.stringify(tmpdir())})),
      write: () => denied(() => fs.writeFileSync(${JSON.stringify(join(folder, "written"))}, "")),
      processes: () => { try { return spawnSync("true").error !== undefined; } catch { return true; } },
      threads: () => denied(() => new Worker("", { eval: true })),
      inspector: () => { try { inspector.open(0); return false; } catch { return true; } },
    };
    function denied(work) { try { work(); return false; } catch (error) { return error.code === "ERR_ACCESS_DENIED"; } }
    fs.writeSync(1, JSON.stringify(Object.keys(tries).filter((name) => !tries[name]())));`,
  );
  const flags = command.slice(0, command.indexOf(entry));
  const readable = [script, join(folder, "package.json"), contain, join(contain, "../package.json")];
  const args = [...flags, ...readable.map((file) => `--allow-fs-read=${file}`), script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { env: {}, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect([stdout, stderr]).toEqual(["[]", ""]);
});

it("confines the process with what each release of Node has", () => {
  expect(childCommand(entry, new Set(["--experimental-permission"])).slice(0, 2)).toEqual([
    "--experimental-permission",
    "--no-warnings",
  ]);
  expect(childCommand(entry, new Set(["--permission", "--disable-sigusr1"])).slice(0, 2)).toEqual([
    "--permission",
    "--disable-sigusr1",
  ]);
});
