/** Whatever answers at the address: an exit code of the table, words that say what to do, nothing written, and an end. */
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import type { Socket } from "socket.io";
import { describe, expect, it } from "vitest";
import { runMain, type Ended } from "../commands/fake-context.ts";
import { configOf } from "../commands/workspace.ts";
import {
  cuttingServer,
  dribblingServer,
  httpServer,
  sendRaw,
  silentServer,
  socketServer,
  strangeKuma,
  type StrangeKumaOptions,
  type StrangeServer,
} from "../fakes/strange-servers.ts";
import { during } from "../kuma/with-fake.ts";

/** Every command that talks to a server. `apply` and `destroy` are told yes to everything. */
const commands: readonly (readonly string[])[] = [
  ["plan"],
  ["apply", "--auto-approve", "--allow-bulk", "--adopt", "--takeover", "--allow-deletes", "9"],
  ["status"],
  ["snapshot"],
  ["import"],
  ["destroy", "--confirm", "shop@HOST"],
  ["notifications", "test", "oncall"],
];

const notifications =
  "notifications: { oncall: { name: On call, type: slack, slackwebhookURL: https://hooks.example/x } }\n";

async function runAgainst(url: string, args: readonly string[], timeout = "1s", more = ""): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  try {
    writeFileSync(join(folder, "monitors.yaml"), configOf({ api: 60 }, notifications + more));
    const env = { KUMA_SYNC_URL: url, KUMA_SYNC_USERNAME: "admin", KUMA_SYNC_PASSWORD: "admin123!" };
    const own = args.map((arg) => (arg === "shop@HOST" ? `shop@${new URL(url).host}` : arg));
    const ended = await runMain([...own, "--timeout", timeout], { cwd: folder, env });
    expect(readdirSync(folder)).toEqual(["monitors.yaml"]);
    return ended;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function html(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Promise<StrangeServer> {
  return httpServer((request, response) => {
    request.resume();
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(`<!doctype html><title>${text}</title><script>alert("${text}")</script>`);
  });
}

const inFront: readonly (readonly [string, () => Promise<StrangeServer>, RegExp])[] = [
  ["a page that asks for a login", () => html(401, "Sign in"), /asks for a login of its own/u],
  ["a page that forbids", () => html(403, "Forbidden"), /asks for a login of its own/u],
  ["a page of something else", () => html(200, "Welcome to nginx"), /not with Uptime Kuma's socket/u],
  [
    "a login proxy that redirects, such as oauth2-proxy",
    () =>
      html(302, "Found", {
        location: "https://login.example/oauth2/start?rd=%2Fsocket.io",
        "set-cookie": "_oauth2_proxy_csrf=x",
      }),
    /redirect/u,
  ],
  ["a captive portal", () => html(511, "Log in to the network"), /answers 511/u],
  ["a gateway without a server", () => html(502, "Bad gateway"), /may be down or starting/u],
  ["JSON of something else", () => httpServer((_request, response) => void response.end('{"ok":true}')), /socket/u],
  ["a body that dribbles and never ends", () => dribblingServer(), /KUMA|took longer|cannot reach|socket/u],
  ["a page that dribbles and never ends", () => dribblingServer("text/html"), /took longer|cannot reach|socket/u],
  ["silence", silentServer, /took longer/u],
  ["a cut", cuttingServer, /connection was cut/u],
];

describe("in place of the server", () => {
  it.each(inFront)("%s: exit 7 from every command", async (_, start, words) => {
    const { url } = await during(start());
    const ended = await Promise.all(commands.map((args) => runAgainst(url, args)));
    for (const { code, stdout, stderr } of ended) {
      expect({ code, stdout }).toEqual({ code: 7, stdout: "" });
      expect(stderr).toMatch(words);
      expect(stderr).toContain("help:");
      expect(stderr).not.toMatch(/<script|Sign in|Welcome|csrf|login\.example/u);
    }
  });
});

const odd: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      1,
      -1,
      1.5,
      1e21,
      1e300,
      "",
      "0",
      "1",
      "x",
      "shop/api",
      "kuma-sync",
      "[]",
      "{}",
    ),
    fc.constantFrom("ok", "\u001B[2J", "::error::x", "2.5.3", "http", "2026-01-01 00:00:00", "9".repeat(400)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          "ok",
          "tags",
          "data",
          "msg",
          "id",
          "monitorID",
          "name",
          "value",
          "tag_id",
          "monitor_id",
          "config",
        ),
        fc.constantFrom(
          "__proto__",
          "constructor",
          "toString",
          "hasOwnProperty",
          "length",
          "kumaSync/shop",
          "text",
          "1",
        ),
      ),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

/** Mostly what it should be, so that one strange thing at a time is met deep inside. */
function mostly(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 25, arbitrary: right }, { weight: 1, arbitrary: odd });
}

const id = mostly(fc.integer({ min: 1, max: 3 }));
const markerLink = fc.record({
  tag_id: id,
  name: mostly(fc.constant("kuma-sync")),
  value: fc.oneof(fc.constant("shop/api"), odd),
});
const row = fc.record(
  {
    id,
    name: odd,
    type: mostly(fc.constantFrom("http", "group", "nonsense")),
    // Its own ancestor as well.
    parent: fc.oneof(fc.integer({ min: 1, max: 3 }), odd),
    tags: mostly(fc.array(markerLink, { maxLength: 2 })),
    interval: odd,
    active: odd,
    url: odd,
    headers: odd,
    accepted_statuscodes: odd,
    notificationIDList: odd,
    config: fc.oneof(odd, fc.constant('{"type":"slack","kumaSync":"shop/oncall"}')),
    host: odd,
    port: odd,
  },
  { requiredKeys: ["id"] },
);
const rowList = mostly(fc.array(row, { maxLength: 3 }));
const rowMap = mostly(fc.dictionary(fc.constantFrom("1", "2", "__proto__", "x"), row, { maxKeys: 3 }));

const answers = fc.record({
  getTags: mostly(
    fc.record({
      ok: fc.constant(true),
      tags: mostly(fc.array(fc.record({ id, name: mostly(fc.constant("kuma-sync")), color: odd }), { maxLength: 2 })),
    }),
  ),
  getSettings: mostly(
    fc.record({
      ok: fc.constant(true),
      data: mostly(
        fc.dictionary(fc.constantFrom("kumaSync/shop", "kumaSync/other", "kumaSync/shop/a/0", "__proto__"), odd),
      ),
    }),
  ),
  getMonitorList: mostly(fc.constant({ ok: true })),
  getMonitorChartData: fc.oneof(
    odd,
    fc.record({
      ok: fc.constant(true),
      data: fc.array(fc.record({ up: odd, down: fc.constant(1), timestamp: odd }), { maxLength: 2 }),
    }),
  ),
  other: fc.func(
    fc.oneof(
      odd,
      fc.record(
        { ok: fc.constant(true), msg: odd, id: odd, monitorID: odd, tag: odd, config: odd },
        { requiredKeys: ["ok"] },
      ),
    ),
  ),
});

const madServer: fc.Arbitrary<StrangeKumaOptions> = fc.record(
  {
    version: mostly(fc.constantFrom("2.5.3", "2.0.2", "1.23.17")),
    pushes: fc.record(
      {
        monitorList: fc.array(rowMap, { minLength: 1, maxLength: 1 }),
        notificationList: fc.array(rowList, { minLength: 1, maxLength: 1 }),
        proxyList: fc.array(rowList, { minLength: 1, maxLength: 1 }),
        heartbeatList: fc.array(odd, { maxLength: 3 }),
        heartbeat: fc.array(odd, { maxLength: 2 }),
        uptime: fc.array(odd, { maxLength: 3 }),
        avgPing: fc.array(odd, { maxLength: 2 }),
        updateMonitorIntoList: fc.array(rowMap, { maxLength: 1 }),
        deleteMonitorFromList: fc.array(odd, { maxLength: 1 }),
        autoLogin: fc.array(odd, { maxLength: 1 }),
      },
      { requiredKeys: [] },
    ),
    answer: answers.map(
      ({ other, ...known }) =>
        (event: string, args: readonly unknown[]) =>
          Object.hasOwn(known, event) ? known[event as keyof typeof known] : other(event, args),
    ),
    times: fc.constantFrom(1, 2),
  },
  { requiredKeys: ["answer"] },
);

const readers: ReadonlySet<unknown> = new Set(["plan", "status", "snapshot", "import"]);

const table: readonly number[] = [0, 1, 3, 4, 5, 6, 7, 8, 9, 64];

describe("an Uptime Kuma that has gone mad", () => {
  it(
    "is reported as the server's fault and not as a bug, whatever it pushes and answers",
    { timeout: 300_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(madServer, fc.constantFrom(...commands), async (options, args) => {
          const server = await strangeKuma(options);
          try {
            const { code, stdout, stderr } = await runAgainst(server.url, args, "300ms");
            expect(table).toContain(code);
            expect(`${stdout}${stderr}`).not.toMatch(
              /this is a bug|Cannot read prop|is not a function|is not iterable/u,
            );
            // Each error says more than that there was one.
            expect(code === 0 || `${stdout}${stderr}` !== "").toBe(true);
            expect(readers.has(args[0]) ? server.writes : []).toEqual([]);
          } finally {
            await server.close();
          }
        }),
        { numRuns: Number(process.env["KUMA_SYNC_MAD"] ?? 60) },
      );
      expect(Object.keys({})).toEqual([]);
    },
  );
});

/** How 2.x begins, before whatever is odd. */
function greet(socket: Socket): void {
  socket.emit("info", { primaryBaseURL: null });
  socket.emit("loginRequired");
}

describe("a connection that goes wrong on the way", () => {
  it.each<readonly [string, (socket: Socket) => void, RegExp]>([
    [
      "a frame that is cut off",
      (socket) => {
        greet(socket);
        sendRaw(socket, '2["monitorList",{"1":{"id":1,"na');
      },
      /connection to the server was lost/u,
    ],
    ["a packet of no known type", (socket) => sendRaw(socket, "9x"), /connection to the server was lost/u],
    [
      "an answer to a question that nobody asked",
      (socket) => {
        sendRaw(socket, '3999[{"ok":true}]');
        greet(socket);
      },
      /login .* was not answered|did not answer login/u,
    ],
    [
      "a login that is taken and then nothing",
      (socket) => {
        socket.on("login", (_login: unknown, ack: (reply: unknown) => void) => ack({ ok: true }));
        greet(socket);
      },
      /lists did not come/u,
    ],
    [
      "lists that come one monitor at a time, without end",
      (socket) => {
        socket.on("login", () => {
          socket.emit("info", { version: "2.5.3" });
          const timer = setInterval(() => socket.emit("updateMonitorIntoList", { 1: { id: 1, name: "x" } }), 20);
          socket.on("disconnect", () => clearInterval(timer));
        });
        greet(socket);
      },
      /sent no \w+List|lists did not come|did not answer/u,
    ],
  ])("%s: exit 7 from every command", async (_, onSocket, words) => {
    const { url } = await during(
      socketServer(onSocket, (path) => (path.includes("entry-page") ? { type: "x" } : undefined)),
    );
    const waiting = commands.filter(([name]) => name !== "notifications");
    const ended = await Promise.all(waiting.map((args) => runAgainst(url, args)));
    for (const { code, stdout, stderr } of ended) {
      expect({ code, stdout }).toEqual({ code: 7, stdout: "" });
      expect(stderr).toMatch(words);
    }
  });
});

describe("a ledger that is none", () => {
  const healthy = '{"format":1,"checksum":"';
  it.each<readonly [string, Record<string, unknown>, boolean?]>([
    ["text", { "kumaSync/shop": "garbage" }],
    ["a list", { "kumaSync/shop": [1, 2, 3] }],
    ["without a format", { "kumaSync/shop": {} }],
    ["of a later version", { "kumaSync/shop": { format: 2, checksum: "x", text: "x" } }],
    ["with a wrong checksum", { "kumaSync/shop": { format: 1, checksum: "0", text: healthy } }],
    ["in more parts than there can be", { "kumaSync/shop": { format: 1, checksum: "0", slot: "a", parts: 1e15 } }],
    ["in parts of no number", { "kumaSync/shop": { format: 1, checksum: "0", slot: "a", parts: -1 } }],
    ["that unpacks to far too much", { "kumaSync/shop": bomb() }],
    ["of megabytes", { "kumaSync/shop": { format: 1, checksum: "0", text: "x".repeat(3_000_000) } }],
    // Nobody's, and so nothing that a plan of ours would speak of.
    ["for a project of an odd name", { "kumaSync/__proto__": bomb(), "kumaSync/^": 1, "kumaSync/": {} }, false],
  ])("%s: the plan says so, and the rest works", async (_, settings, isTold = true) => {
    const answer = (event: string): unknown =>
      event === "getTags" ? { ok: true, tags: [] } : event === "getSettings" ? { ok: true, data: settings } : undefined;
    const server = await during(strangeKuma({ answer }));
    const plan = await runAgainst(server.url, ["plan"], "5s");
    expect(plan).toMatchObject({ code: 0 });
    expect(plan.stdout.includes("note: the ledger")).toBe(isTold);
    expect(await runAgainst(server.url, ["snapshot"], "5s")).toMatchObject({ code: 0 });
    expect(server.writes).toEqual([]);
  });
});

/** 100 MB of nothing in a few hundred kilobytes, with the checksum that belongs to it. */
function bomb(): Record<string, unknown> {
  const text = deflateRawSync(Buffer.alloc(100_000_000, 32)).toString("base64");
  return { format: 1, checksum: createHash("sha256").update(text).digest("hex").slice(0, 16), text };
}

describe("proxies in front of the public side", () => {
  const page = { id: 1, slug: "status", title: "Status", icon: "/icon.svg", domainNameList: [], published: true };
  const pages = { statusPageList: [{ 1: page }] };
  const config = "statusPages: { status: { title: Status, slug: status, groups: [{ name: All, monitors: [api] }] } }\n";

  it.each<readonly [string, (request: IncomingMessage, response: ServerResponse) => void]>([
    [
      "a page",
      (_request, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<h1>hi</h1>"),
    ],
    ["a login", (_request, response) => void response.writeHead(401, { "content-type": "text/html" }).end("Sign in")],
    ["a redirect", (_request, response) => void response.writeHead(302, { location: "https://login.example" }).end()],
    [
      "bytes that dribble",
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const timer = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
    [
      "half an answer",
      (_request, response) =>
        void response.writeHead(200, { "content-length": "99" }).write("{", () => response.destroy()),
    ],
    [
      "other JSON",
      (_request, response) => void response.writeHead(200, { "content-type": "application/json" }).end("[1]"),
    ],
  ])("%s in place of /api/status-page: nothing is written", async (_, onRequest) => {
    const server = await during(
      strangeKuma({ pushes: pages, answer: (event) => publicAnswers(page)[event], onRequest }),
    );
    for (const args of [["plan"], ["apply", "--auto-approve", "--adopt"], ["snapshot"], ["import"]]) {
      const { code, stdout, stderr } = await runAgainst(server.url, args, "2s", config);
      expect({ args, code, stderr }).toMatchObject({ code: 7 });
      expect(stdout).toBe("");
      expect(stderr).toMatch(/api\/status-page|status page/u);
      expect(stderr).not.toMatch(/this is a bug|login\.example|<h1>/u);
    }
    expect(server.writes).toEqual([]);
  });
});

function publicAnswers(page: object): Readonly<Record<string, unknown>> {
  return {
    getTags: { ok: true, tags: [] },
    getSettings: { ok: true, data: {} },
    getStatusPage: { ok: true, config: page },
  };
}
