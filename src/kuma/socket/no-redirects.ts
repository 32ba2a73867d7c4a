/**
 * Socket.io's polling follows redirects to any host and cannot be configured otherwise. A login must only go to one
 * server, so this agent turns a redirect into a failure, and `explain-no-socket.ts` then says where it leads.
 */
import { Agent as HttpAgent, type ClientRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent } from "node:https";

/** What Node's agents do with each request; not among its published types. */
interface RequestTaker {
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void;
}

/** For an `http:` or `https:` origin. Keeps no connection, as with `agent: false`. */
export function agentWithoutRedirects(origin: string): HttpAgent {
  const agent = origin.startsWith("https:") ? new HttpsAgent() : new HttpAgent();
  const taker = agent as unknown as RequestTaker;
  const add = taker.addRequest.bind(agent);
  taker.addRequest = (request, ...rest) => {
    request.prependOnceListener("response", hideRedirect);
    add(request, ...rest);
  };
  return agent;
}

function hideRedirect(response: IncomingMessage): void {
  const { statusCode = 0 } = response;
  if (statusCode >= 300 && statusCode < 400) response.statusCode = 502;
}
