/** What is asked of Docker, with a stand-in for its client: machines that run the tests need no daemon. */
import { access } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { putOnPath } from "./programs-on-path.ts";

/** `run` behaves like a server that is ready at once, on the port that the arguments name. */
const docker = (image: "present" | "absent") => `
if (args[0] === "image" && ${image === "absent"}) process.exit(1);
if (args[0] === "run") {
  const text = args.join(" ");
  const [, port] = /UPTIME_KUMA_PORT=(\\d+)|publish=127.0.0.1:(\\d+)/.exec(text).filter((part) => part !== undefined);
  const info = { needSetup: !text.includes("UPTIME_KUMA_DB_TYPE=sqlite"), runningSetup: false };
  require("node:http").createServer((_, response) => response.end(JSON.stringify(info))).listen(port, "127.0.0.1");
}
`;

it("prefers a daemon that answers, pulls the image once, and removes the container by name", async () => {
  const calls = await putOnPath("docker", docker("absent"));
  const progress: string[] = [];
  const sandbox = await startSandbox({ onProgress: (text) => progress.push(text) });
  onTestFinished(() => sandbox.stop());
  expect(sandbox).toMatchObject({ via: "docker", version: "louislam/uptime-kuma:2" });
  expect(progress).toEqual(["pulling louislam/uptime-kuma:2, once"]);
  await sandbox.stop();

  const made = await calls();
  expect(made.map(([command]) => command)).toEqual(["version", "image", "pull", "run", "rm"]);
  const [run = [], remove = []] = made.slice(-2);
  expect(run).toContain("--rm");
  // Whatever the platform's way is, nothing but loopback is bound.
  expect(run.join(" ")).toMatch(/UPTIME_KUMA_HOST=127\.0\.0\.1|--publish=127\.0\.0\.1:/);
  expect(run).toContain(`--name=${remove.at(-1)}`);
});

it("leaves the database wizard open when asked to, and pulls no image that is present", async () => {
  const calls = await putOnPath("docker", docker("present"));
  const sandbox = await startSandbox({ via: "docker", databaseReady: false });
  onTestFinished(() => sandbox.stop());
  expect((await calls()).map(([command]) => command)).toEqual(["image", "run"]);
});

it("falls back to npm when the daemon answers but the image cannot be pulled", async () => {
  await putOnPath("docker", `if (args[0] !== "version") { console.error("no such host"); process.exit(1); }`);
  const progress: string[] = [];
  const sandbox = await startSandbox({ onProgress: (text) => progress.push(text) });
  onTestFinished(() => sandbox.stop());
  expect(sandbox.via).toBe("npm");
  expect(progress.join("\n")).toContain("using the npm package instead");
  await access(sandbox.dataDir);
});
