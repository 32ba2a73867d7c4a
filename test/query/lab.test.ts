import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { openLab, verdict } from "../../src/query/lab.ts";
import type { Check } from "../../src/query/check.ts";
import { builtChild, builtModule } from "./built-child.ts";

const entry = builtChild();
const check = (query: string, server = "2.5.3"): Check => ({
  query,
  operator: "==",
  expected: "1",
  server,
  body: JSON.stringify({ x: `${"x".repeat(40)}!`, big: 9_007_199_254_740_991 }),
});
const endless = "($f := function($x){$f($x)}; $f(1))";
/** A promise to JavaScript, whose `then` never calls its callbacks. Before jsonata 2.2. */
const neverSettles = '{"then": $lookup({}, "toString")}';

describe("a query that does not end by itself", () => {
  const lab = openLab({ entry, timeLimit: 1000 });
  afterAll(() => lab.close());

  it.each([
    ["endless recursion", endless, "2.5.3"],
    ["endless deep recursion", "($f := function($x){1 + $f($x)}; $f(1))", "2.5.3"],
    ["a runaway regular expression", "$contains(x, /^(x+)+$/)", "2.5.3"],
    ["more memory than there is", '$pad("x",536870000)', "2.5.3"],
    ["$formatNumber before jsonata 2.1.1", '$formatNumber(0,"0.0e0")', "2.0.0"],
    ["a promise that never settles", neverSettles, "2.0.0"],
    ["what goes on after the result is there", `{"a": $error("no"), "b": ${endless}}`, "2.5.3"],
    ["a list in memory", "$count($map([1..3000000], function($v){[1..100]}))", "2.5.3"],
  ])("%s is stopped, and what stands around it is answered", async (_, query, server) => {
    const judgements = await lab.run([check("1"), check(query, server), check("2")]);
    expect(judgements.map(({ status }) => status)).toEqual(["up", "killed", "down"]);
  });

  it("names the limit that was exceeded", async () => {
    // A recursion that holds on to nothing runs out of time, a text too long for the heap out of memory.
    const [time] = await lab.run([check(endless)]);
    const roomy = openLab({ entry, timeLimit: 60_000 });
    const [memory] = await roomy.run([check('$pad("x",536870000)')]);
    roomy.close();
    expect([time, memory]).toMatchObject([
      { status: "killed", reason: "time" },
      { status: "killed", reason: "memory" },
    ]);
  });

  it("gives up after the given number of restarts", async () => {
    const judgements = await lab.run([check(endless), check("1"), check(endless), check("1")], { maxKills: 1 });
    expect(judgements.map(({ status }) => status)).toEqual(["killed"]);
  });
});

describe("the lab", () => {
  const lab = openLab({ entry });
  afterAll(() => lab.close());

  it("answers calls made at the same time each in its own order", async () => {
    const numbers = Array.from({ length: 700 }, (_, index) => String(index));
    const ask = async (): Promise<readonly string[]> =>
      (await lab.run(numbers.map((number) => check(number)))).map(({ message }) => message);
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(first?.[699]).toBe("JSON query does not pass (comparing 699 == 1)");
    expect(second).toEqual(first);
  });

  it("can be used again after it was closed", async () => {
    await lab.run([check("1")]);
    lab.close();
    expect(await verdict(lab, check("x"))).toMatchObject({ status: "down", value: `${"x".repeat(40)}!` });
  });

  it("keeps the variables of one evaluation from the next", async () => {
    const judgements = await lab.run([check("$later := 1", "2.5.3"), check("$later", "2.5.3"), check("$later := 1")]);
    expect(judgements.map(({ status }) => status)).toEqual(["up", "down", "up"]);
  });

  it("stops the clock and the random numbers when asked", async () => {
    const clock = Date.parse("2026-01-02T03:04:05Z");
    const value = async (query: string): Promise<unknown> => {
      const judgement = await verdict(lab, { ...check(query), clock });
      return judgement.status === "killed" ? judgement.reason : judgement.value;
    };
    expect(await value("$millis()")).toBe(clock);
    expect(await value("$now()")).toBe("2026-01-02T03:04:05.000Z");
    expect(await value("$now('[Y0001]/[M01] [H01][z]', '+0200')")).toBe("2026/01 05GMT+02:00");
    expect(await value("$eval('$millis()')")).toBe(clock);
    expect(await value("$random()")).toBe(0.5);
    expect(await value("$join($shuffle(['a','b','c','d','e','f','g']))")).toBe(
      await value("$join($shuffle(['a','b','c','d','e','f','g']))"),
    );
  });

  it("lets no expression reach JavaScript's eval", async () => {
    // jsonata before 2.2.0 sees the members that JavaScript gives each object.
    const judgement = await verdict(lab, check('$string.constructor("return process")()', "2.0.0"));
    expect(judgement).toMatchObject({ status: "down", cause: "error" });
  });

  it("reports that its process cannot start", async () => {
    const broken = openLab({ entry: `${entry}.is-not-there` });
    await expect(broken.run([check("1")])).rejects.toThrow(/did not start/);
  });
});

describe("an evaluation process that just dies", () => {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-lab-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Answers "up" to everything, after it has died as many times as told. */
  function dyingChild(times: number): string {
    const file = join(folder, `dies-${times}.mjs`);
    const script = `
      import { appendFileSync, readFileSync, writeSync } from "node:fs";
      const deaths = ${JSON.stringify(`${file}.deaths`)};
      appendFileSync(deaths, "");
      writeSync(1, "ready\\n");
      process.stdin.on("data", () => {
        if (readFileSync(deaths).length < ${times}) {
          appendFileSync(deaths, "x");
          process.exit(1);
        }
        const verdict = { status: "up", message: "", cause: "match" };
        writeSync(1, JSON.stringify({ check: 0, verdict }) + "\\n");
      });`;
    writeFileSync(file, script);
    return file;
  }

  it.each([
    [1, "up"],
    [2, "killed"],
  ] as const)("%i times on the same query: %s", async (times, status) => {
    const lab = openLab({ command: [dyingChild(times)] });
    const judgements = await lab.run([check("1")]);
    lab.close();
    expect(judgements).toMatchObject([{ status }]);
  });
});

it.each([
  ["in the middle of an endless evaluation", endless],
  ["while an evaluation waits for what never comes", neverSettles],
  ["at rest", undefined],
])("ends with its parent, %s", async (_, query) => {
  // The lab's process hands a pipe on to the evaluation process: the pipe ends when both are gone.
  const script = `
    import { once } from "node:events";
    import childProcess from "node:child_process";
    import { syncBuiltinESMExports } from "node:module";
    const [labFile, entry, checks] = process.argv.slice(1);
    const { spawn } = childProcess;
    childProcess.spawn = (program, args, options) =>
      spawn(program, args, { ...options, stdio: [...(options.stdio === "pipe" ? ["pipe", "pipe", "pipe"] : options.stdio), 1] });
    syncBuiltinESMExports();
    const { openLab } = await import(labFile);
    const lab = openLab({ entry, timeLimit: 600_000 });
    const [first, ...others] = JSON.parse(checks);
    await lab.run([first]);
    if (others.length > 0) lab.run(others);
    setTimeout(() => process.stdout.write("running\\n"), 300);
    setInterval(() => {}, 1000);`;
  const checks = [check("1"), ...(query === undefined ? [] : [check(query, "2.0.0")])];
  const labFile = pathToFileURL(builtModule("lab")).href;
  const parent = spawn(
    process.execPath,
    ["--input-type=module", "-e", script, labFile, entry, JSON.stringify(checks)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  expect(line.toString()).toBe("running\n");
  const isOver = once(parent.stdout, "end");
  parent.kill("SIGKILL");
  parent.stdout.resume();
  await isOver;
});
