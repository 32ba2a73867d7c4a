/** Reads `sample:` and `tests:` with their files. */
import type { Finding } from "../../model/finding.ts";
import { isJsonObject, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import { askedQuery } from "../asked-query.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, placeIn } from "../entity-finding.ts";
import { outsideWhy, type ConfigFolder, type FileProblem } from "../source/config-folder.ts";
import type { MonitorTest, MonitorTests, TestedResponse } from "./monitor-tests.ts";

/** A file that a configuration file names; its path is relative to the folder of that one. */
export type ReadFrom = (
  folder: ConfigFolder,
  path: string,
  maxBytes?: number,
) => { readonly text: string } | { readonly problem: FileProblem };

interface TestsInput {
  readonly entity: DeclaredEntity;
  /** Valid by the schemas. */
  readonly beside: JsonObject;
  readonly readFile: ReadFrom;
  readonly report: (finding: Finding) => void;
}

/** Reads the files; unusable ones are reported and left out. Undefined if there is neither a sample nor a test. */
export function readTests(input: TestsInput): MonitorTests | undefined {
  const { sample, tests } = input.beside;
  if (sample === undefined && tests === undefined) return undefined;
  warnWhereUnused(input);
  const body = isJsonObject(sample) ? readBody(input, sample, "/sample") : undefined;
  const cases = Array.isArray(tests) ? (tests as readonly JsonObject[]) : [];
  return {
    ...(body === undefined || !isJsonObject(sample)
      ? {}
      : { sample: { body, ...besideBody(input, sample, "/sample"), ...readMoment(input, sample, "/sample") } }),
    ...(isJsonObject(sample) && sample["file"] !== undefined ? { isFromFile: true } : {}),
    tests: cases.flatMap((written, index) => readTest(input, written, index) ?? []),
  };
}

function readTest(input: TestsInput, written: JsonObject, index: number): MonitorTest | undefined {
  const pointer = `/tests/${index}`;
  const body = readBody(input, written, pointer);
  const { name, expect, server } = written;
  if (body === undefined) return undefined;
  return {
    name: typeof name === "string" ? name : `test ${index + 1}`,
    body,
    isFromFile: typeof written["file"] === "string",
    expect: expect === "up" ? "up" : "down",
    ...besideBody(input, written, pointer),
    ...readMoment(input, written, pointer),
    ...(typeof server === "string" ? { server } : {}),
    pointer,
  };
}

/** Status, content type and address of a response. */
function besideBody(
  { entity, report }: TestsInput,
  { status, headers, url }: JsonObject,
  pointer: JsonPointer,
): Omit<TestedResponse, "body"> {
  const redirects = Number(entity.written["maxRedirects"] ?? usualRedirects);
  if (typeof status === "number" && redirectStatuses.has(status) && redirects > 0) {
    report(
      findingFor(entity, {
        code: "KS1554",
        severity: "warning",
        message: `the monitor would not stop at status ${status}: it follows up to ${redirects} redirects`,
        pointer: `${pointer}/status`,
        hint: "write the status and the body of the redirect's end, with its url; or set maxRedirects: 0",
      }),
    );
  }
  const written = Object.entries(isJsonObject(headers) ? headers : {});
  const contentType = written.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return {
    ...(typeof status === "number" ? { status } : {}),
    ...(typeof contentType === "string" ? { contentType } : {}),
    ...(typeof url === "string" ? { url } : {}),
  };
}

/** The default of `maxRedirects`. */
const usualRedirects = 10;

/** The redirects that axios follows if they name a location. */
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The schema checked the shape of `at`; only parsing shows whether the date exists. */
function readMoment(
  { entity, report }: TestsInput,
  { at }: JsonObject,
  pointer: JsonPointer,
): { readonly at?: number } {
  if (typeof at !== "string") return {};
  const moment = Date.parse(at);
  if (!Number.isNaN(moment)) return { at: moment };
  const message = `"${at}" is not a moment of the calendar`;
  report(findingFor(entity, { code: "KS1207", severity: "error", message, pointer: `${pointer}/at` }));
  return {};
}

/** MQTT and MongoDB monitors use the value of a query only with some settings; otherwise nothing would be judged. */
function warnWhereUnused({ entity, beside, report }: TestsInput): void {
  const { type } = entity.variant;
  if ((type !== "mqtt" && type !== "mongodb") || askedQuery(type, entity.written).isCompared) return;
  const pointer = beside["sample"] === undefined ? "/tests" : "/sample";
  const needs =
    type === "mqtt"
      ? "mqttCheckType: json-query and no conditions"
      : "an expectedValue, with which the value of the query is compared";
  report(
    findingFor(entity, {
      code: "KS1552",
      severity: "warning",
      message: `"${pointer.slice(1)}" is never judged: kuma-sync test judges ${type} monitors only with ${needs}`,
      pointer,
      isAboutKey: true,
    }),
  );
}

function readBody(input: TestsInput, written: JsonObject, pointer: JsonPointer): string | undefined {
  const { entity, readFile, report } = input;
  const { file, body } = written;
  // If the status or the address decides, the body may be left out.
  if (file === undefined && body === undefined && (written["status"] ?? written["url"]) !== undefined) return "";
  if ((file === undefined) === (body === undefined)) {
    const message =
      file === undefined ? 'a response needs "body" or "file"' : 'a response has "body" or "file", not both';
    const code = file === undefined ? "KS1203" : "KS1204";
    report(findingFor(entity, { code, severity: "error", message, pointer, isAboutKey: file === undefined }));
    return undefined;
  }
  if (typeof file !== "string") return bodyText(body ?? null);
  const read = readFile(placeIn(entity, `${pointer}/file`).document.folder, file);
  if ("text" in read) return read.text;
  const { type, reason, hint } = read.problem;
  const base = { severity: "error", message: `cannot read "${file}": ${reason}`, pointer: `${pointer}/file` } as const;
  const said = type === "outside" ? ({ code: "KS1107", why: outsideWhy } as const) : ({ code: "KS1001" } as const);
  report(findingFor(entity, { ...base, ...said, ...(hint === undefined ? {} : { hint }) }));
  return undefined;
}

function bodyText(body: Json): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
