import { readBack } from "./floor.mjs";
import { measurePlan } from "./measure-plan.mjs";
import { withFakeServer } from "./with-fake-server.mjs";
import { withMonitors } from "./with-monitors.mjs";

/** Computing time of the plan that people wait for: 200 monitors and no changes. */
export function measure(say) {
  return withMonitors(200, { password: "admin123!", active: false }, ({ count, on }) =>
    withFakeServer(undefined, async (url) => {
      const server = on(url);
      await server.run("apply", "--auto-approve");
      const script = await readBack(server);
      return [await measurePlan({ server, monitors: count, script, clock: "cpuMs", limit: 1.9, say })];
    }),
  );
}
