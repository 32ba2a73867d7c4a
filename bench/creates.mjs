import { readBack, runBare } from "./floor.mjs";
import { clockNames } from "./measure-plan.mjs";
import { median } from "./process.mjs";
import { withFakeServer } from "./with-fake-server.mjs";
import { withMonitors } from "./with-monitors.mjs";

const {
  KUMA_SYNC_BENCH_URL: given,
  KUMA_SYNC_BENCH_FLOOR_URL: givenFloor,
  KUMA_SYNC_BENCH_PASSWORD: password = "admin123!",
} = process.env;
const clock = given === undefined ? "cpuMs" : "ms";
// Servers that were given are empty only once.
const rounds = given === undefined ? 5 : 1;

/**
 * 200 new monitors against the same adds over a bare socket that knows everything beforehand and checks nothing, each on an
 * empty server: the tests' own, or the ones at KUMA_SYNC_BENCH_URL and KUMA_SYNC_BENCH_FLOOR_URL.
 */
export function measure(say) {
  return withMonitors(200, { password, active: false }, async ({ count, on }) => {
    const ours = [];
    const floor = [];
    for (let round = 0; round < rounds; round += 1) {
      const script = await withFakeServer(given, async (url) => {
        ours.push((await on(url).run("apply", "--auto-approve"))[clock]);
        return readBack(on(url));
      });
      const bare = await withFakeServer(givenFloor, (url) => runBare("add", { ...on(url), script, window: 8 }));
      floor.push(bare[clock]);
    }
    const [bare, apply] = [median(floor), median(ours)];
    say(`apply ${apply.toFixed(0)} ms, bare socket ${bare.toFixed(0)} ms`);
    return [
      {
        what: `apply ${count} new monitors / bare socket, ${clockNames[clock]}`,
        value: apply / bare,
        limit: given === undefined ? 2.3 : 1.5,
        unit: "x",
        detail: `${apply.toFixed(0)} ms / ${bare.toFixed(0)} ms, median of ${ours.length}`,
      },
    ];
  });
}
