/** OAuth 2 client credentials, as a monitor sees and sends them. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { newServers, oldServers, probed } from "../probing.ts";
import { always, byPath, closedPort, target, type Answer, type Target } from "../target.ts";

const granted = always(200, `{"access_token":"t1","token_type":"Bearer","expires_in":60}`);

async function oauthTarget(token: Answer, service: Answer = always(200)): Promise<Target> {
  return target(byPath({ "/": service, "/token": token }));
}

function loggingIn({ url }: Target, written: JsonObject = {}) {
  const client = { oauthTokenUrl: `${url}/token`, oauthClientId: "a b:c", oauthClientSecret: "s/+ é" };
  return { url, authMethod: "oauth2-cc", ...client, ...written };
}

describe("the request for a token", () => {
  test("client_secret_basic encodes both as a form would before it joins them", async () => {
    const service = await oauthTarget(granted);
    await probed(loggingIn(service));
    const [token, request] = service.requests;
    const pair = Buffer.from("a+b%3Ac:s%2F%2B+%C3%A9").toString("base64");
    expect(token).toMatchObject({
      method: "POST",
      path: "/token",
      body: "grant_type=client_credentials",
      headers: { authorization: `Basic ${pair}`, accept: "application/json" },
    });
    expect(request?.headers.authorization).toBe("Bearer t1");
  });

  test("client_secret_post puts them into the form", async () => {
    const service = await oauthTarget(granted);
    await probed(loggingIn(service, { oauthAuthMethod: "client_secret_post", oauthScopes: "one two" }));
    const [token] = service.requests;
    expect(token?.headers).not.toHaveProperty("authorization");
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
      grant_type: "client_credentials",
      scope: "one two",
      client_id: "a b:c",
      client_secret: "s/+ é",
    });
  });

  test.each([
    ...newServers.map((server) => ({ server, body: "grant_type=client_credentials&audience=x" })),
    ...oldServers.map((server) => ({ server, body: "grant_type=client_credentials" })),
  ])("an audience is known from 2.0 on ($server)", async ({ server, body }) => {
    const service = await oauthTarget(granted);
    await probed(loggingIn(service, { oauthAudience: "x" }), { server });
    expect(service.requests[0]?.body).toBe(body);
  });
});

describe("no token", () => {
  test.each([
    {
      token: always(400, `{"error":"invalid_client","error_description":"who?"}`),
      message: "invalid_client (who?)",
    },
    { token: always(401, `{"error":"invalid_client"}`), message: "invalid_client" },
    { token: always(404, "not here"), message: "expected 200 OK, got: 404 Not Found" },
    { token: always(200), message: "expected 200 OK with body but no body was returned" },
  ])("$message", async ({ token, message }) => {
    const service = await oauthTarget(token);
    const result = await probed(loggingIn(service));
    expect(result).toMatchObject({ status: "down", message: `The oauth config is invalid. ${message}` });
    expect(service.requests.map(({ path }) => path)).toEqual(["/token"]);
  });

  test.each([
    { written: { oauthClientId: null }, message: "client_id is required" },
    { written: { oauthTokenUrl: null }, message: "token_endpoint must be configured on the issuer" },
    { written: { oauthTokenUrl: "token" }, message: "only valid absolute URLs can be requested" },
    {
      written: { oauthClientSecret: null },
      message: "client_secret_basic client authentication method requires a client_secret",
    },
    {
      written: { oauthAuthMethod: null },
      message: "missing, or unsupported, token_endpoint_auth_method",
    },
  ])("$message", async ({ written, message }) => {
    const service = await oauthTarget(granted);
    const result = await probed(loggingIn(service, written));
    expect(result).toMatchObject({ status: "down", message: `The oauth config is invalid. ${message}` });
    expect(service.requests).toHaveLength(0);
  });

  test("a token endpoint that does not answer", async () => {
    const service = await oauthTarget(granted);
    const port = await closedPort();
    const result = await probed(loggingIn(service, { oauthTokenUrl: `http://127.0.0.1:${port}/token` }));
    expect(result.message).toBe(`The oauth config is invalid. connect ECONNREFUSED 127.0.0.1:${port}`);
  });
});

describe("a token that is refused", () => {
  let round = 0;
  const numbered: Answer = (request, response) =>
    always(200, `{"access_token":"t${++round}","token_type":"Bearer"}`)(request, response);
  const latest: Answer = (request, response) =>
    always(request.headers.authorization === `Bearer t${round}` && round > 1 ? 200 : 401)(request, response);

  test.each(newServers)("%s asks for another, once", async (server) => {
    round = 0;
    const service = await oauthTarget(numbered, latest);
    expect(await probed(loggingIn(service), { server })).toMatchObject({ status: "up" });
    expect(service.requests.map(({ path }) => path)).toEqual(["/token", "/", "/token", "/"]);
  });

  test.each(newServers)("%s does not ask a third time", async (server) => {
    const service = await oauthTarget(granted, always(401));
    const result = await probed(loggingIn(service), { server });
    expect(result).toMatchObject({ status: "down", message: "Request failed with status code 401" });
    expect(service.requests.map(({ path }) => path)).toEqual(["/token", "/", "/token", "/"]);
  });

  test.each(oldServers)("%s takes it for an answer", async (server) => {
    const service = await oauthTarget(granted, always(401));
    expect(await probed(loggingIn(service), { server })).toMatchObject({ status: "down", httpStatus: 401 });
    expect(service.requests.map(({ path }) => path)).toEqual(["/token", "/"]);
  });
});

describe("no response at all", () => {
  test.each(newServers)("%s shows an error of its own; the cause is in the notes", async (server) => {
    const service = await oauthTarget(granted, (_, response) => response.destroy());
    expect(await probed(loggingIn(service), { server })).toMatchObject({
      status: "down",
      message: "Cannot read properties of undefined (reading 'status')",
      notes: ["socket hang up"],
    });
  });

  test.each(oldServers)("%s shows the cause", async (server) => {
    const service = await oauthTarget(granted, (_, response) => response.destroy());
    expect(await probed(loggingIn(service), { server })).toMatchObject({ message: "socket hang up", notes: [] });
  });
});
