/** Of two runs of a project, one writes: whatever the server and the network take for each message. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeLease, type TakenLease } from "../../src/ledger/lease/take-lease.ts";
import { leaseTimes } from "../../src/ledger/lease/lease-times.ts";
import { arrivalSetting, leaseSetting, readLease } from "../../src/ledger/lease/lease-record.ts";
import { ledgerProjects } from "../../src/ledger/ledger-text.ts";
import { createWorld, type VirtualWorld } from "./virtual-settings.ts";

const project = "Shop";
const holder = (name: string) => ({ host: "host", pid: 1, name, since: "2026-01-01T00:00:00Z" });

interface Plan {
  /** When it starts, and how often and how fast it writes. */
  readonly start: number;
  readonly writes: number;
  readonly pace: number;
  /** Of its first messages; later ones take 5 until it has the lease. */
  readonly slow: readonly number[];
  /** Of messages while it has it. */
  readonly steady: number;
  readonly seed: number;
}

const delays = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 2, arbitrary: fc.integer({ min: 100, max: 4000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4000, max: 60_000 }) },
);
const runs: fc.Arbitrary<Plan> = fc.record({
  start: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 30_000 })),
  writes: fc.integer({ min: 1, max: 12 }),
  pace: fc.integer({ min: 10, max: 4000 }),
  slow: fc.array(delays, { maxLength: 10 }),
  steady: fc.integer({ min: 1, max: 700 }),
  seed: fc.integer({ min: 0, max: 99 }),
});

/** Resolves with how the run ended; `log` gets its name at each write. */
async function act(world: VirtualWorld, plan: Plan, name: string, log: string[]): Promise<TakenLease["state"]> {
  let messages = 0;
  let isTaken = false;
  const client = world.client(() => {
    messages += 1;
    return isTaken ? plan.steady : (plan.slow[messages - 1] ?? 5);
  });
  const clock = world.clock(randomOf(plan.seed));
  await world.sleep(plan.start);
  const taken = await takeLease({ client, project, id: name, holder: holder(name), waitMs: 600_000, clock });
  if (taken.state !== "taken") return taken.state;
  isTaken = true;
  for (let write = 0; write < plan.writes; write += 1) {
    if (!(await taken.lease.mayWrite())) break;
    log.push(name);
    await world.sleep(plan.pace);
  }
  await taken.lease.release();
  return taken.state;
}

/** The numbers of Park and Miller. */
function randomOf(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("the lease", () => {
  it("the writes of two runs never mix", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(runs, { minLength: 2, maxLength: 4 }), async (plans) => {
        const world = createWorld();
        const log: string[] = [];
        const all = plans.map((plan, index) => act(world, plan, `run${index}`, log));
        await world.run(Promise.all(all));
        const blocks = log.filter((name, index) => name !== log[index - 1]);
        expect(blocks).toEqual([...new Set(blocks)]);
        expect(new Set(await Promise.all(all))).toEqual(new Set(["taken"]));
      }),
      { numRuns: 200 },
    );
  });

  it("that was not released is taken over once it has not changed for long enough, and not before", async () => {
    const world = createWorld();
    const clock = world.clock(() => 0.5);
    const client = world.client(() => 5);
    const left = { state: "held", turn: 7, id: "dead", beat: 3, holder: holder("dead") } as const;
    Object.assign(world.settings, leaseSetting(project, left));
    const waits: unknown[] = [];
    const onWait = (other: unknown): void => void waits.push(other);
    const run = (waitMs: number) =>
      takeLease({ client, project, id: "next", holder: holder("next"), waitMs, clock, onWait });
    const early = run(10_000);
    await world.run(early);
    expect(await early).toMatchObject({ state: "held", holder: holder("dead") });
    const late = run(60_000).then(async (taken) => {
      if (taken.state === "taken") await taken.lease.release();
      return taken;
    });
    const began = world.now();
    await world.run(late);
    expect(await late).toMatchObject({ state: "taken", hasWaited: true, replaced: { turn: 7, id: "dead" } });
    expect(world.now() - began).toBeGreaterThanOrEqual(leaseTimes.heldStale);
    expect(world.now() - began).toBeLessThan(leaseTimes.heldStale + 3000);
    expect(waits).toEqual([holder("dead"), holder("dead")]);
  });

  it("is lost to a later run, and comes back from an older record that the settings page wrote", async () => {
    const world = createWorld();
    const clock = world.clock(() => 0.5);
    const client = world.client(() => 5);
    Object.assign(
      world.settings,
      leaseSetting(project, { state: "free", turn: 7, id: "old", beat: 9, holder: holder("old") }),
    );
    const story = async (): Promise<void> => {
      const before = structuredClone(world.settings);
      const taken = await takeLease({ client, project, id: "ours", holder: holder("ours"), waitMs: 0, clock });
      if (taken.state !== "taken") throw new Error(taken.state);
      Object.assign(world.settings, before);
      await world.sleep(leaseTimes.valid);
      expect(await taken.lease.mayWrite()).toBe(true);
      expect(readLease(world.settings, project).record).toMatchObject({ state: "held", turn: 8, id: "ours.1" });
      const other = { state: "held", turn: 9, id: "other", beat: 1, holder: holder("other") } as const;
      Object.assign(world.settings, leaseSetting(project, other));
      await world.sleep(leaseTimes.valid);
      expect(await taken.lease.mayWrite()).toBe(false);
      expect(taken.lease.lost).toEqual({ to: holder("other") });
      await taken.lease.release();
      expect(readLease(world.settings, project).record).toMatchObject({ id: "other" });
    };
    await world.run(story());
  });

  it("has a name that no project's ledger can have", () => {
    const settings = {
      ...arrivalSetting(project, "a"),
      ...leaseSetting(project, { state: "free", turn: 1, id: "a", beat: 1, holder: holder("a") }),
    };
    expect(Object.keys(settings).every((key) => key.startsWith("kumaSync/"))).toBe(true);
    expect(ledgerProjects(settings)).toEqual([]);
    expect(readLease(settings, "shop").record.state).toBe("absent");
  });
});
