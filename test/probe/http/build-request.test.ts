/** What is sent, as the target sees it (docs/upstream/uptime-kuma.md#how-an-http-check-is-made). */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { newServers, oldServers, probed } from "../probing.ts";
import { always, target, type SeenRequest } from "../target.ts";

async function sent(written: JsonObject, server = "2.5.3"): Promise<SeenRequest> {
  const { url, requests } = await target(always(200));
  await probed({ url, ...written }, { server });
  const [request] = requests;
  if (request === undefined || requests.length > 1) throw new Error(`${requests.length} requests`);
  return request;
}

describe("bodies", () => {
  test("JSON is parsed and written anew, with its content type", async () => {
    const { method, body, headers } = await sent({ method: "POST", body: ` { "a" : [1,  "ä"] } ` });
    expect({ method, body }).toEqual({ method: "POST", body: `{"a":[1,"ä"]}` });
    expect(headers["content-type"]).toBe("application/json");
  });

  test.each(["0", "false", "null", `""`])("JSON that is falsy is not sent: %s", async (body) => {
    const request = await sent({ method: "POST", body });
    expect(request.body).toBe("");
  });

  test("with GET too", async () => {
    expect(await sent({ body: { a: 1 } })).toMatchObject({ method: "GET", body: `{"a":1}` });
  });

  test("XML and forms go as they stand", async () => {
    const xml = await sent({ method: "POST", httpBodyEncoding: "xml", body: "<a> ü </a>" });
    expect(xml.body).toBe("<a> ü </a>");
    expect(xml.headers["content-type"]).toBe("text/xml; charset=utf-8");
    const form = await sent({ method: "POST", httpBodyEncoding: "form", body: "a=1&b=%20" });
    expect(form.body).toBe("a=1&b=%20");
    expect(form.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  test.each(oldServers)("%s drops a form", async (server) => {
    const { body } = await sent({ method: "POST", httpBodyEncoding: "form", body: "a=1" }, server);
    expect(body).toBe("");
  });

  test("a body that is not JSON is down before anything is sent, and is not quoted", async () => {
    const { url, requests } = await target(always(200));
    const result = await probed({ url, method: "POST", body: "hunter2" });
    expect(result).toMatchObject({ status: "down", message: "Your JSON body is invalid. not valid JSON" });
    expect(requests).toHaveLength(0);
  });
});

describe("headers", () => {
  test("a browser's Accept, and the server's name and version", async () => {
    const { headers } = await sent({}, "2.0.2");
    expect(headers.accept).toMatch(/^text\/html,/);
    expect(headers["user-agent"]).toBe("Uptime-Kuma/2.0.2");
  });

  test("the user's win, whatever their case", async () => {
    const { headers } = await sent({
      method: "POST",
      body: { a: 1 },
      headers: { accept: "a/b", "User-Agent": "me", "content-type": "c/d", "X-One": "1" },
    });
    expect(headers).toMatchObject({ accept: "a/b", "user-agent": "me", "content-type": "c/d", "x-one": "1" });
  });

  test.each(["2.3.2", "1.23.17"])("%s refuses a header with a line break", async (server) => {
    const { url, requests } = await target(always(200));
    const result = await probed({ url, headers: { "X-One": "a\nb" } }, { server });
    expect(result).toMatchObject({ status: "down", message: `Invalid character in header content ["X-One"]` });
    expect(requests).toHaveLength(0);
  });

  test("2.4 sends it without", async () => {
    const { headers } = await sent({ headers: { "X-One": "a\nb" } }, "2.4.0");
    expect(headers["x-one"]).toBe("ab");
  });
});

test("cache busting adds a parameter that differs from request to request, from 2.0 on", async () => {
  const paths = await Promise.all([1, 2].map(async () => (await sent({ cacheBust: true })).path));
  expect(new Set(paths).size).toBe(2);
  for (const path of paths) expect(path).toMatch(/^\/\?uptime_kuma_cachebuster=[a-z0-9]+$/);
  expect((await sent({ cacheBust: true }, "1.23.17")).path).toBe("/");
});

describe("authentication", () => {
  const credentials = { basicAuthUser: "u", basicAuthPass: "pä" };

  test("basic", async () => {
    const { headers } = await sent({ authMethod: "basic", ...credentials });
    expect(headers.authorization).toBe(`Basic ${Buffer.from("u:pä").toString("base64")}`);
  });

  test("none without a method, even with credentials", async () => {
    expect((await sent(credentials)).headers).not.toHaveProperty("authorization");
  });

  test("an Authorization header of the user's wins", async () => {
    const { headers } = await sent({ authMethod: "basic", ...credentials, headers: { Authorization: "Own x" } });
    expect(headers.authorization).toBe("Own x");
  });

  test.each(["2.4.0", "2.5.3", "2.6.0"])("bearer on %s", async (server) => {
    const { headers } = await sent({ authMethod: "bearer", bearerToken: "t0" }, server);
    expect(headers.authorization).toBe("Bearer t0");
  });

  test.each([...oldServers, "2.3.2"])("%s does not know bearer and sends nothing", async (server) => {
    const { headers } = await sent({ authMethod: "bearer", bearerToken: "t0" }, server);
    expect(headers).not.toHaveProperty("authorization");
  });
});

test.each([...oldServers, ...newServers])("NTLM is not probed, and why is said (%s)", async (server) => {
  await expect(probed({ url: "http://127.0.0.1:1", authMethod: "ntlm" }, { server })).rejects.toThrow("NTLM");
});
