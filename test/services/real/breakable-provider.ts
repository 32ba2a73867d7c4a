/** A provider in OpenAI's form that can be broken while somebody asks it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type ProviderMode = "healthy" | "401" | "500" | "502html" | "html200" | "err200" | "empty" | "drop";

export interface BreakableProvider {
  readonly url: string;
  break(mode: ProviderMode): void;
  stop(): Promise<void>;
}

const answered = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "gpt-4o-mini",
  choices: [{ index: 0, message: { role: "assistant", content: "HEALTHY" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 13, completion_tokens: 3, total_tokens: 16 },
};

const failed = (message: string): object => ({ error: { message, type: "server_error", code: null } });

const replies: Readonly<Record<Exclude<ProviderMode, "drop">, readonly [status: number, body: object | string]>> = {
  healthy: [200, answered],
  "401": [401, failed("Incorrect API key provided")],
  "500": [500, failed("The server had an error while processing your request")],
  "502html": [502, "<html>Bad Gateway</html>"],
  html200: [200, "<html>login</html>"],
  err200: [200, failed("Provider returned error")],
  empty: [200, { ...answered, choices: [] }],
};

export async function startProvider(): Promise<BreakableProvider> {
  let mode: ProviderMode = "healthy";
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      if (mode === "drop") {
        response.destroy();
        return;
      }
      const [status, body] = replies[mode];
      const isPage = typeof body === "string";
      response.writeHead(status, { "content-type": isPage ? "text/html" : "application/json" });
      response.end(isPage ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    break: (next) => {
      mode = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
