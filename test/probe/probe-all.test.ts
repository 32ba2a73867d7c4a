import { expect, test } from "vitest";
import { probeAll } from "../../src/probe/probe-all.ts";
import { monitorOf } from "./monitors.ts";
import { labOfFile } from "./probing.ts";
import { always, target, type Answer } from "./target.ts";

const lab = labOfFile();
const server = "2.5.3";

/** Lets go of what it holds when as many as `full` are there, or when everybody who can come has come. */
function holdingAnswer(full: number): { readonly answer: Answer; readonly peak: () => number } {
  let [present, peak] = [0, 0];
  let held: (() => void)[] = [];
  const answer: Answer = (request, response) => {
    present++;
    peak = Math.max(peak, present);
    held.push(() => {
      present--;
      always(200)(request, response);
    });
    const release = (): void => {
      for (const letGo of held) letGo();
      held = [];
    };
    // One more than allowed would arrive before the last of the allowed ones has waited for two turns of the loop.
    if (present >= full) setImmediate(() => setImmediate(release));
  };
  return { answer, peak: () => peak };
}

test("results come in the order of the monitors, and each is reported once", async () => {
  const { url } = await target(({ path }, response) => response.writeHead(Number(path.slice(1))).end());
  const statuses = [200, 500, 201, 404, 202, 503];
  const monitors = statuses.map((status) => monitorOf({ type: "http", url: `${url}/${status}` }));
  const reported: unknown[] = [];
  const results = await probeAll(monitors, { server, lab }, (monitor, result) => reported.push([monitor, result]));
  expect(results.map((result) => "httpStatus" in result && result.httpStatus)).toEqual(statuses);
  expect(reported).toHaveLength(monitors.length);
  expect(reported).toEqual(expect.arrayContaining(monitors.map((monitor, index) => [monitor, results[index]])));
});

test("as many probes as allowed run against one host, and no more", async () => {
  const { answer, peak } = holdingAnswer(3);
  const { url } = await target(answer);
  const monitors = Array.from({ length: 12 }, () => monitorOf({ type: "http", url }));
  const results = await probeAll(monitors, { server, lab, perHost: 3 });
  expect(results.filter(({ status }) => status === "up")).toHaveLength(12);
  expect(peak()).toBe(3);
});

test("no more than allowed in all", async () => {
  const { answer, peak } = holdingAnswer(2);
  const targets = await Promise.all([1, 2, 3, 4].map(() => target(answer)));
  const monitors = targets.map(({ url }) => monitorOf({ type: "http", url }));
  await probeAll(monitors, { server, lab, concurrency: 2 });
  expect(peak()).toBe(2);
});

test("a slow host does not hold up the others", async () => {
  let areOthersDone = false;
  const held: (() => void)[] = [];
  const slow = await target((request, response) => {
    if (areOthersDone) always(200)(request, response);
    else held.push(() => always(200)(request, response));
  });
  const quick = await target(always(200));
  const monitors = [
    ...[1, 2].map(() => monitorOf({ type: "http", url: slow.url })),
    ...Array.from({ length: 5 }, () => monitorOf({ type: "http", url: quick.url })),
  ];
  let done = 0;
  const results = await probeAll(monitors, { server, lab, perHost: 1 }, () => {
    done++;
    if (done < 5) return;
    areOthersDone = true;
    for (const letGo of held.splice(0)) letGo();
  });
  expect(results.map(({ status }) => status)).toEqual(monitors.map(() => "up"));
});

test("the caller's signal ends it with its reason", async () => {
  const stop = new AbortController();
  const { url, requests } = await target(() => stop.abort(new Error("enough")));
  const monitors = Array.from({ length: 6 }, () => monitorOf({ type: "http", url }));
  await expect(probeAll(monitors, { server, lab, signal: stop.signal })).rejects.toThrow("enough");
  expect(requests.length).toBeLessThanOrEqual(2);
});

test("nothing to probe", async () => {
  expect(await probeAll([], { server, lab })).toEqual([]);
});
