import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnosis } from "../../../../src/services/diagnosis.ts";
import { diagnose, type DiagnosedInstance } from "../../../../src/services/open-webui/doctor/doctor.ts";
import type { ServicePort, ServiceRequest } from "../../../../src/services/requests/port.ts";
import { standInVersions } from "../stand-in/state.ts";
import { grant, port, restrict, startBare, startReady, type Ready } from "../with-stand-in.ts";

const models = ["gpt-4o-mini", "llama3.1:latest"];

/** Codes of what is wrong; faults of the release by themselves are left out. */
async function codes(server: Ready, instance: Partial<DiagnosedInstance> = {}): Promise<readonly string[]> {
  const { advice } = await examine(server, instance);
  return advice.filter(({ code }) => code !== "known-fault").map(({ code }) => code);
}

function examine({ url, apiKey }: Ready, instance: Partial<DiagnosedInstance> = {}): Promise<Diagnosis> {
  return diagnose(port, { url, apiKey, models, ...instance });
}

describe.each(standInVersions)("an Open WebUI %s", (version) => {
  it("that is healthy gets no advice, except about its release", async () => {
    const server = await startReady(version);
    const { advice, ...diagnosis } = await examine(server);
    expect(advice.filter(({ code }) => code !== "known-fault")).toEqual([]);
    expect(diagnosis).toMatchObject({ url: server.url, version });
    expect(diagnosis.requests[0]).toEqual({ method: "GET", path: "/health", status: 200 });
  });

  it("reports mistakes in the block itself", async () => {
    const { advice } = await examine(await startReady(version));
    const severities = advice.filter(({ code, severity }) => code === "known-fault" && severity !== "info");
    const expected = { "0.6.36": 1, "0.8.12": 1, "0.9.5": 1 }[version as string] ?? 0;
    expect(severities).toHaveLength(expected);
  });

  it("that does not know the key", async () => {
    const server = await startReady(version);
    expect(await codes(server, { apiKey: "sk-ffffffffffffffffffffffffffffffff" })).toEqual(["key-unknown"]);
    expect(await codes(server, { apiKey: "YOUR_API_KEY" })).toEqual(["not-a-key"]);
  });

  it("with keys switched off", async () => {
    const server = await startReady(version);
    server.state.settings = { ...server.state.settings, ENABLE_API_KEYS: false, ENABLE_API_KEY: false };
    expect(await codes(server)).toEqual(["keys-disabled"]);
  });

  it("with the list of endpoints that its documentation shows: the one to paste works", async () => {
    const server = await startReady(version);
    restrict(server, ["/api/v1/models", "/api/v1/chat/completions"]);
    const { advice } = await examine(server);
    // Until 0.6.36 a list that holds nothing of ours cannot be told from keys that are switched off.
    const isTold = version !== "0.6.18" && version !== "0.6.36";
    expect(advice[0]?.code).toBe(isTold ? "endpoint-not-allowed" : "keys-disabled");

    restrict(server, ["/api/models"]);
    const partly = (await examine(server)).advice[0];
    expect(partly).toMatchObject({ code: "endpoint-not-allowed", severity: "error" });
    restrict(server, (partly?.paste ?? "").split(","));
    expect(await codes(server)).toEqual([]);
  });

  it("whose account is pending", async () => {
    const server = await startReady(version);
    server.bot.role = "pending";
    expect(await codes(server)).toEqual(["account-pending"]);
  });

  it("that granted the account nothing, or not this model", async () => {
    const server = await startReady(version);
    server.state.rows.delete("gpt-4o-mini");
    const { advice } = await examine(server);
    const told = advice.find(({ code }) => code === "model-not-granted");
    expect(told?.message).toContain('"gpt-4o-mini"');
    expect(told?.steps.join(" ")).toContain("gpt-4o");
    server.state.rows.clear();
    expect(await codes(server)).toEqual(["no-model-visible", "model-not-granted", "model-not-granted"]);
  });

  it("asked for a model without its tag", async () => {
    const { advice } = await examine(await startReady(version), { models: ["llama3.1"] });
    expect(advice.find(({ code }) => code === "model-without-tag")?.steps).toEqual(['write "llama3.1:latest"']);
  });

  it("with a provider down, whether its list tells or not", async () => {
    const server = await startReady(version);
    await examine(server);
    server.state.providers.openai.isUp = false;
    expect(await codes(server)).toEqual(["model-not-listed"]);
    server.state.providers.ollama.isUp = false;
    expect((await codes(server)).toSorted()).toEqual(["model-not-listed", "provider-down"]);
  });

  it("behind a login", async () => {
    const server = await startReady(version);
    server.state.proxy = "login";
    const { advice } = await examine(server);
    expect(advice).toMatchObject([{ code: "login-page" }]);
    expect(advice[0]?.message).toContain("login.example.test");
    server.state.proxy = "page";
    expect(await codes(server)).toEqual(["login-page"]);
  });

  it("behind a proxy that uses the header itself", async () => {
    const server = await startReady(version);
    server.state.proxy = "eats-authorization";
    expect(await codes(server)).toEqual(["key-not-sent"]);
    const hasOther = !["0.6.18", "0.6.36", "0.8.12"].includes(version);
    expect(await codes(server, { apiKeyHeader: "X-API-Key" })).toEqual(hasOther ? [] : ["key-not-sent"]);
  });

  it("without a database", async () => {
    const server = await startReady(version);
    server.state.isDatabaseDown = true;
    expect(await codes(server)).toEqual(["database-down"]);
  });

  it("asked for completions", async () => {
    const server = await startReady(version);
    const isBroken = version === "0.9.5";
    const failed = ["completion-failed", "completion-failed"];
    expect(await codes(server, { wantsCompletions: true })).toEqual(isBroken ? failed : []);
    server.state.reply = "UNHEALTHY";
    const unwell = ["reply-not-healthy", "reply-not-healthy"];
    expect(await codes(server, { wantsCompletions: true })).toEqual(isBroken ? failed : unwell);
    // Without being asked it costs nothing.
    expect(await codes(server)).toEqual([]);
  });
});

const down: ServicePort = () => Promise.reject(Object.assign(new Error("x"), { cause: { code: "ECONNREFUSED" } }));
const other: ServicePort = () => Promise.resolve({ status: 404, contentType: "application/json", body: "{}" });
const one = (asked: ServicePort): Promise<Diagnosis> => diagnose(asked, { url: "http://127.0.0.1:9", models: [] });

describe("somewhere else", () => {
  it("says what is wrong with the address", async () => {
    expect(await one(down)).toMatchObject({
      advice: [{ code: "unreachable", message: "nothing answers (ECONNREFUSED)" }],
    });
    expect(await one(other)).toMatchObject({ advice: [{ code: "not-open-webui" }] });
  });

  it("says that an instance has no users", async () => {
    const { url } = await startBare("0.11.0");
    const { advice } = await diagnose(port, { url, models: [] });
    expect(advice.map(({ code }) => code)).toContain("no-users");
  });

  it("reads a null completion of 0.6.36 and a dead provider of 0.11.0 rightly", async () => {
    for (const version of ["0.6.36", "0.11.0"]) {
      const server = await startReady(version);
      // The list was read before the provider went.
      const asked: ServicePort = async (request) => {
        const isCompletion = request.url.endsWith("/completions");
        server.state.providers.openai.isUp = !isCompletion;
        return port(request);
      };
      const { url, apiKey } = server;
      const { advice } = await diagnose(asked, { url, apiKey, models: ["gpt-4o-mini"], wantsCompletions: true });
      const told = advice.find(({ code }) => code === "completion-failed");
      expect(told?.message).toContain(version === "0.6.36" ? "null" : "Server Connection Error");
    }
  });
});

/** Its provider does not take Open WebUI's own key, and repeats it. */
const refusing: ServicePort = async (request) => {
  if (!request.url.endsWith("/completions")) return port(request);
  const body = JSON.stringify({
    detail: "Incorrect API key provided: sk-proj-abc123def456. Find yours at example.test",
  });
  return { status: 400, contentType: "application/json", body };
};

describe("secrets", () => {
  it("are in no diagnosis, whatever the server puts where", async () => {
    const secretText = fc.stringMatching(/^[A-Za-z0-9]{12,30}$/u);
    await fc.assert(
      fc.asyncProperty(
        secretText,
        secretText,
        fc.integer({ min: 0, max: 9 }),
        fc.boolean(),
        async (secret, password, kind, isKey) => {
          const apiKey = isKey ? `sk-${secret}` : secret;
          const echo: ServicePort = (request) => Promise.resolve(echoes(request, `${apiKey} ${password}`, kind));
          const url = `http://name:${password}@open-webui:8080/`;
          const diagnosis = await diagnose(echo, { url, apiKey, models: ["gpt-4o"], wantsCompletions: true });
          const text = JSON.stringify(diagnosis);
          expect(text).not.toContain(apiKey);
          expect(text).not.toContain(password);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("in an address may hold an @, and go into a header whole", async () => {
    const asked: ServiceRequest[] = [];
    const silent: ServicePort = (request) => {
      asked.push(request);
      return Promise.resolve(json(200, { status: true }));
    };
    const { url } = await diagnose(silent, { url: "http://name:p@rt-of-it@open-webui:8080", models: [] });
    expect(url).toBe("http://open-webui:8080");
    const authorization = `Basic ${Buffer.from("name:p@rt-of-it").toString("base64")}`;
    expect(asked[0]).toMatchObject({ url: "http://open-webui:8080/health", headers: { authorization } });
  });

  it("of a provider are not shown with its words", async () => {
    const server = await startReady("0.11.0");
    grant(server, "gpt-4o-mini");
    const { url, apiKey } = server;
    const { advice } = await diagnose(refusing, { url, apiKey, models: ["gpt-4o-mini"], wantsCompletions: true });
    const told = advice.find(({ code }) => code === "completion-failed");
    expect(told?.message).toContain("Incorrect API key provided: (sensitive)");
    expect(JSON.stringify(advice)).not.toContain("abc123");
  });
});

type Reply = Awaited<ReturnType<ServicePort>>;

function json(status: number, body: unknown): Reply {
  return { status, contentType: "application/json", body: JSON.stringify(body) };
}

/** A server that repeats what it was sent: as an error, as a model, as a version, as a place to go. */
function echoes({ url }: Parameters<ServicePort>[0], sent: string, kind: number): Reply {
  const path = new URL(url).pathname;
  if (path === "/health")
    return kind === 0
      ? { ...json(302, ""), location: `http://${sent.split(" ")[0] ?? ""}.test/` }
      : json(200, { status: true });
  if (path === "/api/version")
    return json(200, { version: kind % 2 === 0 ? "0.11.0" : `0.9.5-${sent.split(" ")[0] ?? ""}` });
  if (path === "/api/models") {
    if (kind === 1) return json(403, { detail: sent });
    return json(200, {
      data: [
        { id: "gpt-4o", owned_by: "openai" },
        { id: `gpt-4o:${sent}`, owned_by: "ollama" },
      ],
    });
  }
  if (path !== "/api/chat/completions")
    return json(kind === 2 ? 500 : 200, { detail: sent, data: [{ id: "gpt-4o" }], models: [] });
  if (kind === 3) return { status: 502, contentType: "text/plain", body: `x${sent}`.repeat(9) };
  return kind === 4
    ? json(200, { choices: [{ message: { content: sent } }] })
    : json(400, { detail: `${"y".repeat(190)}${sent}` });
}
