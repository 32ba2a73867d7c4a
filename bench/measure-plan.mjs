import { runBare } from "./floor.mjs";
import { median } from "./process.mjs";

/** How a row calls what was measured: what passes on the clock, or what our process takes from the processors. */
export const clockNames = { ms: "time", cpuMs: "computing" };

/** A plan without changes against a bare login that waits for the same lists, in turns. `clock` is `ms` or `cpuMs` of `runNode`. */
export async function measurePlan({ server, monitors, script, clock, limit, say }) {
  const ours = [];
  const floor = [];
  // Keeps what it compiled.
  await server.run("plan", "--detailed-exitcode");
  // The server allows 20 logins a minute, whoever makes them.
  for (let round = 0; round < 7; round += 1) {
    floor.push(await runBare("lists", { ...server, script }));
    ours.push(await server.run("plan", "--detailed-exitcode"));
  }
  const other = clock === "ms" ? "cpuMs" : "ms";
  const [bare, plan, otherBare, otherPlan] = [clock, other].flatMap((name) =>
    [floor, ours].map((runs) => median(runs.map((run) => run[name]))),
  );
  say(`plan ${plan.toFixed(0)} ms, bare login and lists ${bare.toFixed(0)} ms`);
  return {
    what: `plan without changes, ${monitors} monitors / bare login and lists, ${clockNames[clock]}`,
    value: plan / bare,
    limit,
    unit: "x",
    detail: `${plan.toFixed(0)} ms / ${bare.toFixed(0)} ms, median of ${ours.length}; ${clockNames[other]} ${(otherPlan / otherBare).toFixed(2)}x`,
  };
}
