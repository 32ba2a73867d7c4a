/** Reads the response for a query: from a file, from stdin, or with a request like a monitor's. */
import { jsonQuery } from "../../kinds/monitor-types/json-query.ts";
import { sensitivePointers, specFromWritten } from "../../kinds/spec.ts";
import { MachineError, UsageError } from "../../model/errors.ts";
import { tooLargeToJudge } from "../../probe/http/body-limit.ts";
import { statusLine } from "../../probe/http/response.ts";
import { fetchAnswer } from "../../probe/probe.ts";
import { secretsOf } from "../../secrets/object-secrets.ts";
import type { QueryRule, ResponseBody } from "../../query/check.ts";
import type { Run } from "../../run/run.ts";
import { readNamedFile } from "../files/read-named-file.ts";

export interface ResponseFlags {
  /** A file, or `-`. */
  readonly body?: string;
  readonly url?: string;
  /** As `Name: value`. */
  readonly header?: readonly string[];
  readonly method?: string;
  readonly data?: string;
}

export type ResponseOrRefusal =
  | { readonly type: "none" }
  | { readonly type: "answered"; readonly response: ResponseBody }
  /** The monitor is down before the query is evaluated; `message` is the server's. */
  | { readonly type: "failed"; readonly message: string };

/** Throws UsageError for flags that exclude each other, and for a file that cannot be read. */
export async function readResponse(
  run: Run<ResponseFlags>,
  rule: QueryRule & { readonly server: string },
): Promise<ResponseOrRefusal> {
  const { context } = run;
  const { body, url, header = [], method, data } = run.flags;
  const ofRequest = [header.length > 0 ? "--header" : "", method ?? "", data === undefined ? "" : "--data"].find(
    Boolean,
  );
  if (url === undefined && ofRequest !== undefined) throw new UsageError("there is no request without --url");
  if (url !== undefined && body !== undefined) throw new UsageError("--body and --url both give the response");
  if (body !== undefined) return { type: "answered", response: { body: await readBody(run, body) } };
  if (url === undefined) return { type: "none" };
  if (!URL.canParse(url)) {
    // The text is not repeated, because it may contain a password.
    throw new UsageError("--url is not a URL", "write it in full, like http://localhost:8080/health");
  }
  const spec = specFromWritten(jsonQuery, {
    name: "query",
    url,
    method: (method ?? (data === undefined ? "GET" : "POST")).toUpperCase(),
    headers: headersOf(header.map((line) => withVariables(run, line))),
    expectedValue: rule.expected ?? "",
    ...(data === undefined ? {} : { body: data }),
  });
  context.redactor.add(secretsOf(spec, sensitivePointers(jsonQuery, spec)));
  const exchange = await fetchAnswer({ spec }, { server: rule.server, signal: context.signal });
  if (exchange === undefined) return { type: "none" };
  if (exchange.type === "failed") return { type: "failed", message: exchange.message };
  const { response } = exchange;
  if (response.isTooLarge === true) throw new MachineError(`cannot judge the answer: ${tooLargeToJudge}`);
  return {
    type: "answered",
    response: { body: response.body, contentType: response.contentType ?? "", statusLine: statusLine(response) },
  };
}

function readBody({ context }: Run, path: string): Promise<string> {
  const { cwd, stdin } = context;
  return path === "-" ? stdin.readText() : readNamedFile(path, cwd);
}

/**
 * Replaces `${env:NAME}`, so that a key need not be on the command line, where every process of the machine can read
 * it.
 */
function withVariables({ context }: Run, line: string): string {
  const { env, redactor } = context;
  return line.replaceAll(/\$\{env:(\w+)\}/gu, (_, name: string) => {
    const value = env[name] ?? "";
    if (value === "") throw new UsageError(`environment variable "${name}" is not set`, "a --header names it");
    redactor.add([value]);
    return value;
  });
}

/** A token of RFC 9110. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/u;

function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.map((line) => {
      const split = line.indexOf(":");
      // The line is not repeated, because it may contain a key.
      if (split < 1 || !headerName.test(line.slice(0, split).trim()))
        throw new UsageError("a header is written as 'Name: value'");
      return [line.slice(0, split).trim(), line.slice(split + 1).trim()];
    }),
  );
}
