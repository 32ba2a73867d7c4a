/** Finds out why monitors of an mcpo are down: the proxy, the key, a tool server, or a tool. */
import { isJsonObject } from "../../../model/json.ts";
import { answersTrue } from "../../requests/answers-true.ts";
import type { Advice, ServiceDoctor } from "../../diagnosis.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { startExamination, strangerAdvice, type Examination } from "../../requests/examination.ts";
import type { WrittenMcpo, WrittenTool } from "../block/mcpo-block.ts";

const documentation = "/openapi.json";

export const doctor: ServiceDoctor = {
  async recognise(get) {
    const answer = await get(documentation);
    return titleIn(answer) === "MCP OpenAPI Proxy" ? { version: undefined } : undefined;
  },
  async diagnose(port, block) {
    const written = block as unknown as WrittenMcpo;
    const { apiKey, strictAuth = false, servers = {} } = written;
    const visit = startExamination(port, written.url, apiKey === undefined ? [] : [apiKey]);
    const key: Headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    const headers = strictAuth ? key : {};
    const first = await visit.put({ path: documentation, headers });
    if (isRefused(first)) return visit.result({ version: undefined, advice: [refused(first, apiKey !== undefined)] });
    if (titleIn(first) === undefined) {
      return visit.result({ version: undefined, advice: [strangerAdvice(first, "mcpo", documentation)] });
    }
    const advice: Advice[] = [];
    for (const [server, told] of Object.entries(servers)) {
      const problem = serverProblem(server, await visit.put({ path: `/${server}${documentation}`, headers }));
      if (problem !== undefined) advice.push(problem);
      else for (const tool of told?.tools ?? []) advice.push(...(await called(visit, { server, tool, key })));
    }
    return visit.result({ version: undefined, advice });
  },
};

type Headers = Readonly<Record<string, string>>;

function titleIn(answer: ServiceAnswer): string | undefined {
  if (answer.type !== "json" || answer.status !== 200 || !isJsonObject(answer.json)) return undefined;
  const { info } = answer.json;
  const title = isJsonObject(info) ? info["title"] : undefined;
  return typeof title === "string" ? title : undefined;
}

function isRefused(answer: ServiceAnswer): answer is ServiceAnswer & { readonly status: 401 | 403 } {
  return answer.type === "json" && (answer.status === 401 || answer.status === 403);
}

function refused({ status }: { readonly status: number }, hasKey: boolean): Advice {
  // 401: none arrived. 403: a wrong one.
  const isSent = hasKey && status === 403;
  return {
    code: isSent ? "key-unknown" : "key-not-sent",
    severity: "error",
    message: isSent ? "mcpo does not know the key" : "mcpo wants a key for this, and none arrived",
    steps: isSent
      ? ["compare it with --api-key of its command line"]
      : ["give the block an apiKey", "write strictAuth: true if it was started with --strict-auth"],
  };
}

function serverProblem(server: string, answer: ServiceAnswer): Advice | undefined {
  if (answer.type === "json" && answer.status === 404) {
    const steps = ["compare the name with mcpServers in its configuration"];
    return { code: "wrong-service", severity: "error", message: `it has no server "${server}"`, steps };
  }
  const paths = answer.type === "json" && isJsonObject(answer.json) ? answer.json["paths"] : undefined;
  if (isJsonObject(paths) && Object.keys(paths).length > 0) return undefined;
  return {
    code: "tool-failed",
    severity: "error",
    message: `"${server}" has no tools: it failed when mcpo started`,
    steps: [`see the command of "${server}", and the log of mcpo; then start mcpo again`],
  };
}

interface Call {
  readonly server: string;
  readonly tool: WrittenTool;
  readonly key: Headers;
}

async function called(visit: Examination, { server, tool, key }: Call): Promise<readonly Advice[]> {
  const answer = await visit.put({ path: `/${server}/${tool.name}`, headers: key, body: tool.arguments ?? {} });
  if (isRefused(answer)) return [refused(answer, key["authorization"] !== undefined)];
  const what = `"${tool.name}" of "${server}"`;
  const isAnswered = answer.type !== "unreachable" && answer.type !== "redirect" && answer.status === 200;
  if (isAnswered && answer.type === "json") {
    if (await answersTrue(tool.expect, answer.json)) return [];
    const steps = [`see whether "${tool.expect}" is true of its answer`];
    return [{ code: "tool-failed", severity: "error", message: `${what} answers otherwise than expected`, steps }];
  }
  const status = answer.type === "unreachable" ? `no answer, ${answer.code}` : `status ${answer.status}`;
  return [
    {
      code: "tool-failed",
      severity: "error",
      message: `${what} does not work (${status})`,
      steps: ["see its arguments: a wrong one looks like a broken tool", `see the process of "${server}"`],
    },
  ];
}
