/**
 * `npm run demo -- --real-open-webui`: a real Open WebUI beside the real Uptime Kuma, with two providers that a key press
 * breaks, and what is heard of it: the monitors that go red, and the notifications that arrive.
 *
 * With --exit it breaks and mends the first provider by itself, and stops.
 */
import { randomBytes } from "node:crypto";
import { EventEmitter, on, once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { interrupted, isExiting, note, run, say, start, untilInterrupted } from "./demo-shell.mjs";
import { importSources } from "./source-modules.mjs";

const version = process.env.OPEN_WEBUI_VERSION ?? "0.12.4";
const { signal } = interrupted;
/** Milliseconds: the monitors ask every 25 s, and a busy machine is slow. */
const alarmLimit = 180_000;

/** Three ways to break a provider, by key. */
const breakages = [
  { key: "o", kind: "openai", what: "the OpenAI-like provider is gone", condition: { isGone: true } },
  { key: "l", kind: "ollama", what: "the Ollama-like provider is gone", condition: { isGone: true } },
  {
    key: "r",
    kind: "openai",
    what: "the OpenAI-like provider answers completions with 429: rate limit",
    condition: {
      completion: {
        type: "reply",
        status: 429,
        contentType: "application/json",
        body: '{"error":{"message":"Rate limit reached, try again in 20s","type":"rate_limit_error"}}',
        headers: { "retry-after": "20" },
      },
    },
  },
];

export async function showRealOpenWebUI() {
  const parts = await importSources(
    "src/sandbox/start-sandbox.ts",
    "test/open-webui/real/install-open-webui.ts",
    "test/open-webui/real/start-open-webui.ts",
    "test/open-webui/providers/provider.ts",
  );
  const [{ startSandbox }, { installOpenWebUI }, { administrator, newData, startOpenWebUI }, { startProvider }] = parts;
  /** What has to be stopped, the newest last. */
  const running = [];
  const keep = (stop, value) => {
    running.push(stop);
    return value;
  };
  try {
    say(`Starting a real Open WebUI ${version}, two providers for it, and a throwaway Uptime Kuma`);
    const installed = await installOpenWebUI(version, { onProgress: note, signal });
    if (installed.type === "missing") {
      throw Object.assign(new Error(installed.reason), {
        hint: "without --real-open-webui, the demo shows a stand-in",
      });
    }
    const providers = { openai: await startProvider("openai"), ollama: await startProvider("ollama") };
    for (const provider of Object.values(providers)) keep(() => provider.stop());
    const data = await newData();
    keep(() => data.remove());
    const addresses = { openai: providers.openai.url, ollama: providers.ollama.url };
    const sandbox = await startSandbox({ onProgress: note, signal });
    keep(() => sandbox.stop());
    note(`Uptime Kuma ${sandbox.version} is up at ${sandbox.url}`);
    note("Open WebUI takes about a quarter of a minute");
    const server = await startOpenWebUI({ ...installed, data, providers: addresses, signal });
    keep(() => server.stop());
    note(`Open WebUI ${server.version} is up at ${server.url}`);
    const folder = await mkdtemp(join(tmpdir(), "kuma-sync-demo-"));
    keep(() => rm(folder, { recursive: true, force: true }));
    const listener = await startNotificationListener();
    keep(() => listener.stop());
    await show({ sandbox, server, administrator, providers, folder, listener });
  } finally {
    say("Stopping and removing everything");
    for (const stop of running.toReversed()) await stop();
  }
}

async function show({ sandbox, server, administrator, providers, folder, listener }) {
  const password = `demo-${randomBytes(4).toString("hex")}`;
  const seenByKuma = (url) => url.replace("127.0.0.1", sandbox.loopback);
  const env = {
    ...process.env,
    KUMA_SYNC_URL: sandbox.url,
    KUMA_SYNC_USERNAME: "admin",
    KUMA_SYNC_PASSWORD: password,
    OPEN_WEBUI_ADMIN_EMAIL: administrator.email,
    OPEN_WEBUI_ADMIN_PASSWORD: administrator.password,
  };
  await writeFile(
    join(folder, "monitors.yaml"),
    configuration({ url: seenByKuma(server.url), webhook: seenByKuma(listener.url) }),
  );

  await run(["bootstrap"], env, folder);
  const grants = ["--grant", "gpt-4o-mini", "--grant", "llama3.1:latest"];
  const account = ["bootstrap", "--open-webui", server.url, "--key-file", "key", ...grants, "--auto-approve"];
  await run(account, env, folder);
  env.OPEN_WEBUI_API_KEY = (await readFile(join(folder, "key"), "utf8")).trim();
  say("$ cat monitors.yaml");
  process.stdout.write(await readFile(join(folder, "monitors.yaml"), "utf8"));
  await run(["apply", "--auto-approve", "--wait", "90s"], env, folder);

  say("Have a look");
  note(`Uptime Kuma  ${sandbox.url}  admin  ${password}`);
  note(`Open WebUI   ${server.url}  ${administrator.email}  ${administrator.password}`);
  await run(["status"], env, folder);
  say("$ kuma-sync status --watch");
  const watch = await startWatch(env, folder);
  try {
    if (isExiting) await breakAndMend({ providers, listener });
    else await obeyKeys(providers);
  } finally {
    await watch.stop();
  }
}

/** Prints a line for each monitor that changes. The table that it begins with was just shown. */
async function startWatch(env, cwd) {
  const colour = process.stdout.isTTY ? ["--color", "always"] : [];
  const options = { stdout: "pipe", stdin: "ignore", cwd, endWith: "SIGINT" };
  const child = start(["status", "--watch", "--quiet", ...colour], env, options);
  const ended = once(child, "exit");
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (/^\d{4}-/.test(line)) process.stdout.write(`${line}\n`);
  });
  await once(child.stdout, "data", { signal });
  return {
    async stop() {
      if (!signal.aborted) child.kill("SIGINT");
      await ended;
    },
  };
}

/** The preset, asked every 25 s: the providers of the demo cost nothing. */
function configuration({ url, webhook }) {
  return `version: 1
project: demo
policy:
  # The providers cost nothing here, so they may be asked often.
  findings: { KS1718: off }
openWebUI:
  main:
    url: ${url}
    apiKey: \${env:OPEN_WEBUI_API_KEY}
    ready: true
    models: [gpt-4o-mini, "llama3.1:latest"]
    overrides:
      "*": { interval: 25s, retryInterval: 25s, maxRetries: 0, timeout: 20s }
defaults:
  monitor: { notifications: [oncall] }
notifications:
  oncall: { name: On call, type: webhook, webhookURL: ${webhook} }
`;
}

/** Somebody on call: prints what Uptime Kuma's webhook sends. */
async function startNotificationListener() {
  const news = new EventEmitter();
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        response.end();
        const { msg = "", heartbeat, monitor } = JSON.parse(body);
        process.stdout.write(`  on call hears: ${String(msg).replaceAll(/\s+/g, " ").slice(0, 120)}\n`);
        news.emit("notice", { name: monitor?.name ?? "", isUp: heartbeat?.status === 1 });
      },
      () => response.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** Resolves when a monitor with this end of its name is reported so, from now on. */
    async untilHeard(name, isUp) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(alarmLimit)]);
      try {
        for await (const [notice] of on(news, "notice", { signal: limit })) {
          if (notice.name.endsWith(name) && notice.isUp === isUp) return;
        }
      } catch (cause) {
        throw new Error(`nobody heard that ${name} is ${isUp ? "up" : "down"}`, { cause });
      }
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function breakAndMend({ providers, listener }) {
  const [{ kind, what, condition }] = breakages;
  say(`Breaking it: ${what}`);
  const down = Promise.all(
    ["completion gpt-4o-mini", "OpenAI-type providers"].map((name) => listener.untilHeard(name, false)),
  );
  await providers[kind].set(condition);
  await down;
  say("Mending it");
  const up = listener.untilHeard("completion gpt-4o-mini", true);
  await providers[kind].set({});
  await up;
}

/** One key breaks, the same key mends. */
async function obeyKeys(providers) {
  const { stdin } = process;
  if (!stdin.isTTY) {
    say("Still running. The keys that break a provider need a terminal. Ctrl-C stops and removes everything");
    return untilInterrupted();
  }
  say("Press a key to break something, and the same key to mend it:");
  for (const { key, what } of breakages) note(`${key}  ${what}`);
  note("q  or Ctrl-C stops and removes everything");
  const broken = new Map();
  const take = async (pressed) => {
    if (pressed === "q" || pressed === "\u0003") return interrupted.abort("SIGINT");
    const breakage = breakages.find(({ key }) => key === pressed);
    if (breakage === undefined) return;
    const { kind, what, condition } = breakage;
    const isMended = broken.get(kind) === breakage;
    if (isMended) broken.delete(kind);
    else broken.set(kind, breakage);
    say(
      isMended
        ? `Mended: ${kind === "openai" ? "the OpenAI-like provider" : "the Ollama-like provider"}`
        : `Broken: ${what}`,
    );
    note("the monitors ask every 25 s");
    await providers[kind].set(isMended ? {} : condition);
  };
  const onData = (keys) => {
    for (const pressed of String(keys)) void take(pressed);
  };
  stdin.setRawMode(true);
  stdin.on("data", onData).resume();
  try {
    await untilInterrupted();
  } finally {
    stdin.off("data", onData).pause();
    stdin.setRawMode(false);
  }
}
