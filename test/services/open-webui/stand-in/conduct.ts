/**
 * What Open WebUI 0.12 does, as far as kuma-sync depends on it. The stand-in and a real one are held to the same
 * expectations, so that what is tested on the stand-in is true.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../../../src/model/json.ts";
import { carryOutAccount } from "../../../../src/services/open-webui/account/bootstrap-account.ts";
import { planAccount } from "../../../../src/services/open-webui/account/plan-account.ts";
import { fetchPort } from "../../../../src/services/requests/fetch-port.ts";
import { callOpenWebUI, type Answered } from "../../../open-webui/real/call-open-webui.ts";
import { faultsOf, type SharedFault } from "../../../open-webui/providers/faults.ts";
import type { Condition } from "../../../open-webui/providers/provider.ts";
import type { ProviderKind } from "../../../open-webui/providers/replies.ts";

export type Conditions = Readonly<Partial<Record<ProviderKind, Condition>>>;

export interface ConductSubject {
  readonly url: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Without telling Open WebUI: it keeps what it knows until a list is read. A kind that is not named is healthy. */
  condition(conditions: Conditions): Promise<void>;
  /** And waits until Open WebUI has read the lists anew. */
  settle(conditions: Conditions, apiKey: string): Promise<void>;
  stop(): Promise<void>;
}

const prohibited = { detail: expect.stringContaining("You do not have permission to access this resource.") };
const models = { openai: "gpt-4o-mini", ollama: "llama3.1:latest" } as const;
const reply = (content: string): object => ({ choices: [{ message: { content } }] });

const isTwentySeconds = (headers: unknown): boolean =>
  headers instanceof Headers && headers.get("retry-after") === "20";

/** Of each fault of a provider: what the completion is answered with. */
const failures: readonly (readonly [fault: SharedFault, openai: object, ollama: object])[] = [
  [
    "401",
    { status: 401, body: { error: { message: "Incorrect API key provided" } } },
    { status: 401, body: { detail: "Incorrect API key provided" } },
  ],
  [
    "429",
    {
      status: 429,
      headers: expect.toSatisfy(isTwentySeconds),
      body: { error: { message: expect.stringContaining("Rate limit") } },
    },
    { status: 429, body: { detail: expect.stringContaining("Rate limit") } },
  ],
  [
    "500",
    { status: 500, body: { error: { message: expect.stringContaining("had an error") } } },
    { status: 500, body: { detail: expect.stringContaining("had an error") } },
  ],
  [
    "500-text",
    { status: 500, contentType: "text/plain", body: "upstream exploded" },
    { status: 500, body: { detail: "Open WebUI: Server Connection Error" } },
  ],
  [
    "502-html",
    { status: 502, contentType: "text/plain", body: expect.stringContaining("<title>502 Bad Gateway</title>") },
    { status: 502, body: { detail: "Open WebUI: Server Connection Error" } },
  ],
  [
    "login-page-200",
    { status: 200, contentType: "application/json", body: expect.stringContaining("<title>Sign in</title>") },
    { status: 400, body: { detail: "'NoneType' object has no attribute 'get'" } },
  ],
  [
    "error-200",
    { status: 200, body: { error: { message: "Provider returned error" } } },
    { status: 200, body: reply("") },
  ],
  [
    "null",
    { status: 200, body: "null" },
    { status: 400, body: { detail: "'NoneType' object has no attribute 'get'" } },
  ],
  [
    "drop",
    { status: 500, body: { detail: "Open WebUI: Server Connection Error" } },
    { status: 500, body: { detail: "Ollama: Server disconnected" } },
  ],
];

export function describeConduct(start: () => Promise<ConductSubject>): void {
  // In order: the last one ends every session.
  describe("the conduct of Open WebUI", { shuffle: false }, () => {
    let subject: ConductSubject;
    /** By what a request is sent with. */
    const tokens: Record<"bot" | "adminKey" | "session", string> = { bot: "", adminKey: "", session: "" };
    let settings: Record<string, Json>;

    beforeAll(async () => {
      subject = await start();
      const { url, admin } = subject;
      const account = { email: "conduct@example.test", name: "Conduct" };
      const wish = { url, admin, account, group: "Conduct", grants: Object.values(models) };
      const port = fetchPort({ timeoutMs: 60_000 });
      const plan = await planAccount(port, wish);
      const made = await carryOutAccount(port, wish, { plan, makePassword: () => "Conduct-Zq9vX3-secret" });
      tokens.bot = made.apiKey;
      const signedIn = await call("POST /api/v1/auths/signin", { body: { ...admin } });
      tokens.session = (signedIn.body as { readonly token: string }).token;
      const key = await call("POST /api/v1/auths/api_key", { token: tokens.session, body: {} });
      tokens.adminKey = (key.body as { readonly api_key: string }).api_key;
      const read = await call("GET /api/v1/auths/admin/config", { token: tokens.session });
      settings = read.body as Record<string, Json>;
      await call("POST /api/v1/models/model/access/update", {
        token: tokens.session,
        body: { id: "gpt-4o", name: "gpt-4o", access_grants: [] },
      });
    });
    afterAll(() => subject.stop());

    const call = (request: string, options: Parameters<typeof callOpenWebUI>[2] = {}): Promise<Answered> =>
      callOpenWebUI(subject.url, request, options);

    const completion = (model: string): Promise<Answered> =>
      call("POST /api/chat/completions", {
        token: tokens.bot,
        body: { model, stream: false, messages: [{ role: "user", content: "Respond with the word HEALTHY" }] },
      });

    it.each<[token: keyof typeof tokens | { readonly text: string } | undefined, path: string, expected: object]>([
      [undefined, "/api/models", { status: 401, body: { detail: "Not authenticated" } }],
      [
        { text: `sk-${"f".repeat(32)}` },
        "/api/models",
        { status: 401, body: { detail: expect.stringContaining("Your session has expired") } },
      ],
      [{ text: "YOUR_API_KEY" }, "/api/models", { status: 401, body: { detail: "401 Unauthorized" } }],
      [{ text: "eyJ.wrong.x" }, "/api/models", { status: 401, body: { detail: "401 Unauthorized" } }],
      ["bot", "/openai/models/0", { status: 401, body: prohibited }],
      ["bot", "/openai/models/9999", { status: 401, body: prohibited }],
      ["bot", "/ollama/api/tags/0", { status: 401, body: prohibited }],
      ["bot", "/ollama/api/version/0", { status: 401, body: prohibited }],
      ["adminKey", "/openai/models/9999", { status: 500, contentType: "text/plain", body: "Internal Server Error" }],
      ["bot", "/api/v1/auths/", { status: 403, body: { detail: "A human session is required." } }],
      ["adminKey", "/api/v1/auths/", { status: 403, body: { detail: "A human session is required." } }],
      ["session", "/api/v1/auths/", { status: 200, body: { role: "admin" } }],
      ["bot", "/api/v1/users/groups", { status: 200, body: [{ name: "Conduct" }] }],
      ["adminKey", "/api/v1/users/groups", { status: 200, body: [] }],
      ["bot", "/api/v1/auths/admin/config", { status: 401, body: prohibited }],
      ["adminKey", "/api/v1/auths/admin/config", { status: 200, body: { ENABLE_MFA: false } }],
      ["bot", "/api/v1/models/model?id=gpt-4o-mini", { status: 200, body: { id: "gpt-4o-mini" } }],
      ["bot", "/api/v1/models/model?id=gpt-4o", { status: 401, body: prohibited }],
      [
        "bot",
        "/api/v1/models/model?id=nope",
        { status: 404, body: { detail: expect.stringContaining("could not find") } },
      ],
      [undefined, "/health", { status: 200, body: { status: true } }],
      [undefined, "/health/", { status: 200, contentType: "text/html" }],
      [undefined, "/healthz", { status: 200, contentType: "text/html" }],
      [undefined, "/ollama/api/version", { status: 401, body: { detail: "Not authenticated" } }],
    ])("GET with %j: %s", async (token, path, expected) => {
      const text = typeof token === "object" ? token.text : token === undefined ? undefined : tokens[token];
      expect(await call(`GET ${path}`, { token: text })).toMatchObject(expected);
    });

    it("refuses malformed and wrong sign-ins, and methods that a route does not have", async () => {
      const malformed = await call("POST /api/v1/auths/signin", { body: { email: 1 } });
      expect(malformed).toMatchObject({ status: 422, body: { detail: "Invalid authentication request." } });
      const wrong = { email: "nobody@example.test", password: "wrong" };
      expect((await call("POST /api/v1/auths/signin", { body: wrong })).status).toBe(400);
      expect((await call("POST /health", { body: {} })).status).toBe(405);
    });

    it("lets an administrator's key save the settings only without those of the second factor", async () => {
      const path = "/api/v1/auths/admin/config";
      const { ENABLE_MFA, MFA_ALLOW_OAUTH_BYPASS, MFA_ALLOW_TRUSTED_HEADER_BYPASS, ...others } = settings;
      expect([ENABLE_MFA, MFA_ALLOW_OAUTH_BYPASS, MFA_ALLOW_TRUSTED_HEADER_BYPASS]).toEqual([false, false, false]);
      expect(await call(`POST ${path}`, { token: tokens.adminKey, body: { ...settings } })).toMatchObject({
        status: 403,
        body: { detail: "A human administrator session is required to change MFA settings." },
      });
      const saved = await call(`POST ${path}`, { token: tokens.adminKey, body: others });
      expect(saved).toMatchObject({ status: 200, body: { ENABLE_MFA: false } });
      const { WEBUI_URL: _, ...partial } = others;
      expect((await call(`POST ${path}`, { token: tokens.adminKey, body: partial })).status).toBe(422);
    });

    it("answers completions, but not of models that nobody named or granted", async () => {
      await subject.settle({}, tokens.bot);
      expect(await completion(models.openai)).toMatchObject({ status: 200, body: reply("HEALTHY") });
      expect(await completion(models.ollama)).toMatchObject({ status: 200, body: reply("HEALTHY") });
      const notFound = { status: 400, body: { detail: "Model not found" } };
      expect(await completion("gpt-4o")).toMatchObject(notFound);
      const unnamed = await call("POST /api/chat/completions", { token: tokens.bot, body: { messages: [] } });
      expect(unnamed).toMatchObject(notFound);
    });

    it.each(failures)("passes the fault of a provider on: %s", async (fault, openai, ollama) => {
      await subject.condition({
        openai: { completion: faultsOf("openai")[fault] },
        ollama: { completion: faultsOf("ollama")[fault] },
      });
      expect(await completion(models.openai)).toMatchObject(openai);
      expect(await completion(models.ollama)).toMatchObject(ollama);
    });

    it("fails on a version of Ollama that is none", async () => {
      await subject.condition({ ollama: { version: faultsOf("ollama")["500"] } });
      const answered = await call("GET /ollama/api/version", { token: tokens.bot });
      expect(answered).toMatchObject({ status: 500, contentType: "text/plain", body: "Internal Server Error" });
    });

    const listed = async (path: string): Promise<readonly string[]> => {
      const { body } = await call(`GET ${path}`, { token: tokens.bot });
      const { data, models: tags } = body as Partial<Record<"data" | "models", readonly Record<string, string>[]>>;
      return (data ?? tags ?? []).map((item) => item["id"] ?? item["model"] ?? "").toSorted();
    };

    it("keeps the last good list when every provider is gone, until somebody refreshes it", async () => {
      const gone = { openai: { isGone: true }, ollama: { isGone: true } };
      await subject.settle({}, tokens.bot);
      await subject.condition(gone);
      expect(await completion(models.openai)).toMatchObject({
        status: 500,
        body: { detail: "Open WebUI: Server Connection Error" },
      });
      expect(await completion(models.ollama)).toMatchObject({
        status: 500,
        body: { detail: expect.stringContaining("Ollama: Cannot connect") },
      });
      await subject.settle(gone, tokens.bot);
      expect(await listed("/api/models")).toEqual([models.openai, models.ollama]);
      expect(await listed("/openai/models")).toEqual([]);
      expect(await listed("/ollama/api/tags")).toEqual([]);
      const version = await call("GET /ollama/api/version", { token: tokens.bot });
      expect(version).toMatchObject({ status: 500, body: { detail: "WebUI could not connect to Ollama" } });
      expect(await completion(models.openai)).toMatchObject({
        status: 404,
        body: { detail: "Model '' was not found" },
      });
      expect(await completion(models.ollama)).toMatchObject({
        status: 400,
        body: { detail: `Model '${models.ollama}' was not found` },
      });
      expect(await listed("/api/models?refresh=true")).toEqual([]);
      expect(await listed("/api/models")).toEqual([]);
    });

    it("forgets the models of one provider that is gone", async () => {
      await subject.settle({ openai: { isGone: true } }, tokens.bot);
      expect(await listed("/api/models")).toEqual([models.ollama]);
      expect(await completion(models.openai)).toMatchObject({ status: 400, body: { detail: "Model not found" } });
      await subject.settle({}, tokens.bot);
    });

    // Nothing can be signed in to afterwards.
    it("asks for a second factor once that is switched on, and keys keep working", async () => {
      const path = "/api/v1/auths/admin/config";
      const on = await call(`POST ${path}`, { token: tokens.session, body: { ...settings, ENABLE_MFA: true } });
      expect(on.status).toBe(200);
      expect(await call(`GET ${path}`, { token: tokens.session })).toMatchObject({
        status: 401,
        body: { detail: "Invalid token" },
      });
      expect(await call("POST /api/v1/auths/signin", { body: { ...subject.admin } })).toMatchObject({
        status: 200,
        body: { next_step: "enroll", expires_in: 300 },
      });
      const other = { name: "Other", email: "other@example.test", password: "Other-Zq9vX3-secret", role: "user" };
      const added = await call("POST /api/v1/auths/add", { token: tokens.adminKey, body: other });
      expect(added).toMatchObject({ status: 200, body: { email: other.email } });
      expect(added.body).not.toHaveProperty("token");
      expect((await call("GET /api/models", { token: tokens.bot })).status).toBe(200);
      const { email, password } = other;
      const tries: Answered[] = [];
      for (let count = 0; count < 11; count += 1)
        tries.push(await call("POST /api/v1/auths/signin", { body: { email, password } }));
      expect(tries.map(({ status }) => status)).toEqual([...Array<number>(10).fill(200), 429]);
      expect(Number(tries.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(600);
    });
  });
}
