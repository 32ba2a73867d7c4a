/** A login is for the server that was named, not for one that it points to. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { httpServer } from "../../fakes/strange-servers.ts";
import { failure } from "../failure.ts";
import { connecting, during } from "../with-fake.ts";

/** Counts what reaches it. */
async function listen(): Promise<{ readonly url: string; readonly requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end("0{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

describe("a redirect", () => {
  test.each([301, 302, 303, 307, 308])("with status %d is not followed", async (status) => {
    const other = await listen();
    const server = await during(
      httpServer((request, response) => {
        response.writeHead(status, { location: other.url + (request.url ?? "") }).end();
      }),
    );
    expect(await failure(connecting(server.url))).toMatchObject({
      code: "not-uptime-kuma",
      message: `${server.url} answers with a redirect (${status})`,
    });
    expect(other.requests).toEqual([]);
  });
});
