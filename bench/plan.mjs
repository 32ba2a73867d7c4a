import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measurePlan } from "./apply.mjs";
import { readBack } from "./floor.mjs";
import { manyMonitors } from "./many-monitors.mjs";
import { cli, runNode } from "./process.mjs";
import { withFakeServer } from "./with-fake-server.mjs";

const count = 200;
const login = { username: "admin", password: "admin123!" };

/** Computing time of the plan that people wait for: 200 monitors and no changes. */
export async function measure(say) {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-bench-"));
  const file = join(folder, "monitors.yaml");
  await writeFile(file, manyMonitors(count, { active: false }));
  try {
    return await withFakeServer(undefined, async (url) => {
      const env = { KUMA_SYNC_URL: url, KUMA_SYNC_USERNAME: login.username, KUMA_SYNC_PASSWORD: login.password };
      await runNode([cli, "apply", "--auto-approve", "-f", file], { env });
      const script = await readBack(url, login);
      const plan = await measurePlan({
        server: { url, login },
        monitors: count,
        env,
        file,
        folder,
        script,
        clock: "cpuMs",
        say,
      });
      return [{ ...plan, limit: 2.7 }];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
