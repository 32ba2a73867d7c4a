/** The drill of an http, keyword or json-query monitor. */
import type { TestedResponse } from "../config/sections/monitor-tests.ts";
import type { JsonObject } from "../model/json.ts";
import { shownStatus } from "../query/check.ts";
import { casesFor } from "../query/experiment/experiment.ts";
import { keywordRun } from "../query/experiment/keyword-experiment.ts";
import { searchDocuments } from "../query/experiment/search-documents.ts";
import type { ExperimentRun } from "../query/experiment/experiment-report.ts";
import { judgeAll } from "../testing/judge-all.ts";
import { accepts, isRedirected, redirectStatus } from "../testing/judge-status.ts";
import { ruleOf, textOf } from "../testing/test-input.ts";
import { setupOf } from "../testing/test-monitor.ts";
import type { HttpAnswer } from "./answer.ts";
import { chooseVariants, withOwnNames, type VariantCandidate } from "./choose-variants.ts";
import type { DrillInput } from "./drill-input.ts";
import type { PlannedDrill } from "./planned-drill.ts";

type Planned = Pick<PlannedDrill, "contact" | "healthy" | "expect" | "variants" | "total" | "notes">;

const contact = "request";

/** Or why there can be no drill. */
export async function planHttpDrill(input: DrillInput): Promise<Planned | string> {
  const { spec, most } = input;
  const usual = usualStatus(spec);
  if (usual === undefined) return "it accepts no status code with which a server can end a response";
  const found = await healthyResponse(input, usual);
  if (typeof found === "string") return found;
  const { response, isMadeUp, expect } = found;
  const healthy = toAnswer(response, spec, usual);
  const notes = isMadeUp ? [madeUp[textOf(spec["type"] ?? null) ?? ""] ?? ""] : [];
  if (expect === "down") return { contact, healthy, expect, variants: [], total: 0, notes };
  const { candidates, stopped } = await judgedCandidates(input, { response, isMadeUp, usual });
  const variants = chooseVariants(withOwnNames(candidates), most ?? candidates.length);
  const left =
    stopped === 0 ? [] : [`left out ${stopped} responses: the query had to be stopped, which would stop a server`];
  return { contact, healthy, expect, variants, total: candidates.length, notes: [...notes, ...left] };
}

const madeUp: Readonly<Record<string, string>> = {
  http: "no sample: it got a made-up page, and status codes and connections that fail",
  keyword: "no sample: it got a made-up text, and status codes and connections that fail",
  "json-query": "no sample: it got a made-up document, and status codes and connections that fail",
};

interface Healthy {
  readonly response: TestedResponse;
  /** No sample says what is healthy. */
  readonly isMadeUp: boolean;
  readonly expect: "up" | "down";
}

async function healthyResponse(input: DrillInput, usual: number): Promise<Healthy | string> {
  const written = input.entity.tests?.sample;
  const sample: TestedResponse | undefined = written ?? input.sample;
  const responses = sample === undefined ? await madeUpResponses(input, usual) : [sample];
  const judged = await judge(
    input,
    responses.map((response) => ({ status: usual, ...response })),
  );
  if (judged.includes("killed")) return "its query had to be stopped; on a server it would stop all monitoring";
  const index = Math.max(0, judged.indexOf("up"));
  const response = responses[index];
  const expect = judged[index];
  const isMadeUp = sample === undefined;
  if (
    written?.at !== undefined &&
    expect === "down" &&
    (await isUpAt(input, { status: usual, ...written }, written.at))
  ) {
    return `its sample was healthy at ${new Date(written.at).toISOString()}, and the clock of a server cannot be set`;
  }
  if (response === undefined || expect === undefined || expect === "killed" || (isMadeUp && expect === "down")) {
    return "no response is known for which it is up: write a healthy one as sample";
  }
  return { response, isMadeUp, expect };
}

async function isUpAt(input: DrillInput, answer: TestedResponse, at: number): Promise<boolean> {
  const [shown] = await judge({ ...input, clock: at }, [answer]);
  return shown === "up";
}

/** For a monitor that is upside down, what others call broken is healthy. */
async function madeUpResponses(
  { spec, lab, server, clock }: DrillInput,
  usual: number,
): Promise<readonly TestedResponse[]> {
  const text = { status: usual, contentType: "text/plain" };
  const refused = refusedStatuses(spec).map((status) => ({ ...text, status, body: "drill" }));
  if (spec["type"] === "keyword") {
    const keyword = textOf(spec["keyword"]) ?? "";
    return [{ ...text, body: keyword }, { ...text, body: "" }, { ...text, body: "drill" }, ...refused];
  }
  if (spec["type"] === "http") return [{ ...text, body: "drill" }, ...refused];
  const isUpsideDown = spec["upsideDown"] === true;
  const { passing } = await searchDocuments(lab, { ...ruleOf(spec), isUpsideDown, clock, server });
  return [...(passing === undefined ? [] : [{ body: passing }]), ...refused];
}

async function judgedCandidates(
  input: DrillInput,
  healthy: Pick<Healthy, "response" | "isMadeUp"> & { readonly usual: number },
): Promise<{ readonly candidates: readonly VariantCandidate[]; readonly stopped: number }> {
  const { spec } = input;
  const { usual } = healthy;
  const responses = [...statuses(input, healthy), ...writtenTests(input), ...casesOf(input, healthy)];
  const judged = await judge(
    input,
    responses.map(({ response }) => ({ status: usual, ...response })),
  );
  const answered = responses.flatMap(({ response, ...one }, index): readonly VariantCandidate[] => {
    const expect = judged[index];
    return expect === undefined || expect === "killed"
      ? []
      : [{ ...one, way: toAnswer(response, spec, usual), expect }];
  });
  const expect = spec["upsideDown"] === true ? "up" : "down";
  const connections: readonly VariantCandidate[] = [
    { name: "connection refused", group: "outside", way: { type: "closed" }, expect },
    { name: "connection closed without an answer", group: "outside", way: { type: "hang-up" }, expect },
  ];
  const [refused, closed] = connections;
  const outside = answered.filter(({ group }) => group === "outside");
  return {
    // What happens most often comes first.
    candidates: [
      ...[refused, outside[0], closed, ...outside.slice(1)].filter((one) => one !== undefined),
      ...answered.filter(({ group }) => group !== "outside"),
    ],
    stopped: responses.length - answered.length,
  };
}

interface NamedResponse extends Pick<VariantCandidate, "name" | "group" | "path"> {
  readonly response: TestedResponse;
}

/** Those of the file that are for this server. */
function writtenTests({ entity, server }: DrillInput): readonly NamedResponse[] {
  return (entity.tests?.tests ?? [])
    .filter((test) => test.server === undefined || test.server === server)
    .map((test) => ({ name: test.name, group: "test", response: test }));
}

/** The experiment of `test`. What depends on the clock is left out: that of a server cannot be set. */
function casesOf(
  input: DrillInput,
  { response, isMadeUp }: Pick<Healthy, "response" | "isMadeUp">,
): readonly NamedResponse[] {
  const { spec } = input;
  if (isMadeUp || spec["type"] === "http") return [];
  return casesFor(runOf(input, response)).flatMap(({ group, name, body, contentType, status, path, isKeyTwice }) => {
    if (group === "healthy" || group === "clock" || isKeyTwice === true) return [];
    const beside = {
      ...(contentType === undefined ? {} : { contentType }),
      ...(status === undefined ? {} : { status }),
    };
    return [{ name, group, path, response: { body, ...beside } }];
  });
}

function runOf(input: DrillInput, { body, contentType }: TestedResponse): ExperimentRun {
  const { spec, badSamples = [], server } = input;
  const sample = contentType === undefined ? { body } : { body, contentType };
  const setup = { ...setupOf(input), sample, badSamples, servers: [server] };
  if (spec["type"] === "json-query") return { ...setup, ...ruleOf(spec), about: "query" };
  return keywordRun({ ...setup, keyword: textOf(spec["keyword"]), isInverted: spec["invertKeyword"] === true });
}

/** The healthy response with a status code that says that it is not. */
function statuses({ spec }: DrillInput, { response }: Pick<Healthy, "response">): readonly NamedResponse[] {
  // At once: a redirect would be the answer of a monitor that follows none.
  const { url: _url, ...direct } = response;
  return refusedStatuses(spec).map((status) => ({
    name: `status ${status}`,
    group: "outside",
    response: { ...direct, status },
  }));
}

/** Those of an outage that the monitor does not take for healthy. */
function refusedStatuses(spec: JsonObject): readonly number[] {
  return [503, 500, 404, 401, 502].filter((status) => !accepts(spec, status));
}

/** As `test` would: upside down applied, at this moment. */
async function judge(input: DrillInput, answers: readonly TestedResponse[]): Promise<readonly Shown[]> {
  const { server, clock, spec } = input;
  const asked = answers.map((answer) => ({ answer, server, clock }));
  const judged = await judgeAll(input, asked);
  return judged.map((one) => shownStatus(one, spec["upsideDown"] === true));
}

type Shown = ReturnType<typeof shownStatus>;

function toAnswer({ body, status, contentType, url }: TestedResponse, spec: JsonObject, usual: number): HttpAnswer {
  return {
    type: "response",
    status: status ?? usual,
    body,
    ...(contentType === undefined ? {} : { contentType }),
    ...(url !== undefined && isRedirected({ url }, spec) ? { redirect: redirectStatus(spec) } : {}),
  };
}

/**
 * The first that the monitor accepts and that carries a body to the end: no redirect, no 204. An http monitor looks at no body,
 * so any will do.
 */
function usualStatus(spec: JsonObject): number | undefined {
  const accepted = Array.from({ length: 400 }, (_, index) => 200 + index).filter((status) => accepts(spec, status));
  const withBody = accepted.find((status) => ![204, 205].includes(status) && (status < 300 || status >= 400));
  return withBody ?? (spec["type"] === "http" ? accepted[0] : undefined);
}
