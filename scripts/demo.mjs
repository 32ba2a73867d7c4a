/**
 * `npm run demo`: a real Uptime Kuma and a stand-in for Open WebUI, both thrown away at the end, and between them the
 * real command line, run as a user would. With OPEN_WEBUI_URL and OPEN_WEBUI_API_KEY set it watches that one instead;
 * with --real-open-webui it installs a real one, whose providers can be broken (demo-real-open-webui.mjs).
 *
 * Stays up until Ctrl-C; with --exit, or KUMA_SYNC_DEMO_EXIT=1, it stops by itself when it has shown everything.
 */
import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { showRealOpenWebUI } from "./demo-real-open-webui.mjs";
import { interrupted, isExiting, note, run, say, start, untilInterrupted } from "./demo-shell.mjs";
import { importSources } from "./source-modules.mjs";
import { prepare } from "./prepare.mjs";
import { startStandIn } from "../examples/open-webui/stand-in.mjs";

async function demo() {
  await prepare();
  if (process.argv.includes("--real-open-webui")) return showRealOpenWebUI();
  const [{ startSandbox }] = await importSources("src/sandbox/start-sandbox.ts");

  say("Starting a throwaway Uptime Kuma");
  const sandbox = await startSandbox({ onProgress: note, signal: interrupted.signal });
  note(`Uptime Kuma ${sandbox.version} is up at ${sandbox.url}`);
  try {
    const subject = await openWebUI(sandbox.loopback);
    try {
      await show(sandbox, subject);
    } finally {
      await subject.stop();
    }
  } finally {
    say("Stopping and removing everything");
    await sandbox.stop();
  }
}

/** What is watched: the one that the environment names, or the stand-in. `loopback` is this machine as the server sees it. */
async function openWebUI(loopback) {
  const { OPEN_WEBUI_URL: url, OPEN_WEBUI_API_KEY: apiKey } = process.env;
  if (url && apiKey) return { base: url.replace(/\/+$/, ""), apiKey, stop: async () => undefined };
  if (url || apiKey) note("OPEN_WEBUI_URL and OPEN_WEBUI_API_KEY are only used together; using the stand-in");

  say("Starting a stand-in for Open WebUI (examples/open-webui/stand-in.mjs)");
  const standIn = await startStandIn();
  note(`it answers at ${standIn.url}`);
  return { base: standIn.url.replace("127.0.0.1", loopback), apiKey: standIn.apiKey, stop: () => standIn.stop() };
}

async function show(sandbox, { base, apiKey }) {
  const username = "admin";
  const password = `demo-${randomBytes(4).toString("hex")}`;
  const env = {
    ...process.env,
    KUMA_SYNC_URL: sandbox.url,
    KUMA_SYNC_USERNAME: username,
    KUMA_SYNC_PASSWORD: password,
    OPEN_WEBUI_API_KEY: apiKey,
  };
  const file = ["-f", "monitors.yaml", "--var", `base=${base}`];

  await run(["bootstrap"], env);
  await run(["apply", "--auto-approve", "--wait", "90s", ...file], env);
  await untilSettled(["status", "--format", "json", ...file], env);
  await run(["status", ...file], env);
  say("Have a look");
  note(`address   ${sandbox.url}`);
  note(`user      ${username}`);
  note(`password  ${password}`);
  await run(["apply", "--auto-approve", ...file], env);

  if (isExiting || interrupted.signal.aborted) return;
  say(`Still running at ${sandbox.url}; Ctrl-C stops and removes everything`);
  await untilInterrupted();
}

/**
 * Waits, at most half a minute, until no monitor is pending: on servers before 2.0 a new group finds itself empty and looks
 * again only after its own interval.
 */
async function untilSettled(args, env) {
  for (let look = 0; look < 6; look += 1) {
    const { monitors } = JSON.parse(await text(start(args, env, { stdout: "pipe" }).stdout));
    if (monitors.every(({ state }) => state !== "pending" && state !== "none")) return;
    if (look === 0) note("waiting for the group, which looks at its members every 20 s");
    await delay(5000, undefined, { signal: interrupted.signal });
  }
}

try {
  await demo();
} catch (error) {
  if (interrupted.signal.aborted) {
    process.exitCode = 130;
  } else {
    process.stderr.write(`\n${error.message}\n${error.hint ? `hint: ${error.hint}\n` : ""}`);
    process.exitCode = 1;
  }
}
