/** Finds out why monitors of an Open Terminal are down: the process, the key, its working folder, or its commands. */
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { Advice, ServiceDoctor } from "../../diagnosis.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { startExamination, strangerAdvice } from "../../requests/examination.ts";
import { echo, type WrittenOpenTerminal } from "../block/open-terminal-block.ts";

export const doctor: ServiceDoctor = {
  async recognise(get) {
    if (objectIn(await get("/health"))?.["status"] !== "ok") return undefined;
    const { features } = objectIn(await get("/api/config")) ?? {};
    return isJsonObject(features) && typeof features["terminal"] === "boolean" ? { version: undefined } : undefined;
  },
  async diagnose(port, block) {
    const written = block as unknown as WrittenOpenTerminal;
    const { apiKey, execute = false } = written;
    const visit = startExamination(port, written.url, apiKey === undefined ? [] : [apiKey]);
    const done = (...advice: readonly Advice[]): ReturnType<typeof visit.result> =>
      visit.result({ version: undefined, advice });
    const health = await visit.put({ path: "/health" });
    if (objectIn(health)?.["status"] !== "ok") return done(strangerAdvice(health, "Open Terminal", "/health"));
    if (apiKey === undefined) return done(noKey);
    const headers = { authorization: `Bearer ${apiKey}` };
    const files = await visit.put({ path: "/files/cwd", headers });
    if (files.type === "json" && files.status === 401) return done(wrongKey);
    if (objectIn(files)?.["cwd"] === undefined) return done(noFolder(files));
    if (!execute) return done();
    const run = await visit.put({ path: "/execute?wait=5", headers, body: echo });
    const { status, exit_code: exitCode } = objectIn(run) ?? {};
    return status === "done" && exitCode === 0 ? done() : done(failed(run));
  },
};

function objectIn(answer: ServiceAnswer): JsonObject | undefined {
  return answer.type === "json" && answer.status === 200 && isJsonObject(answer.json) ? answer.json : undefined;
}

const noKey: Advice = {
  code: "key-not-sent",
  severity: "info",
  message: "without a key only its health was asked",
  steps: ["give the block an apiKey"],
};

const wrongKey: Advice = {
  code: "key-unknown",
  severity: "error",
  message: "it does not know the key",
  steps: ["compare it with the one that Open Terminal was started with"],
};

function noFolder(answer: ServiceAnswer): Advice {
  return {
    code: "storage-gone",
    severity: "error",
    message: `it cannot say its working folder (${statusOf(answer)})`,
    steps: ["see whether its working folder and its home are there", "see its log"],
  };
}

function failed(answer: ServiceAnswer): Advice {
  return {
    code: "command-failed",
    severity: "error",
    message: `echo HEALTHY did not come to a good end (${statusOf(answer)})`,
    steps: ["see whether its shell is there, and whether it has room for its logs", "see its log"],
  };
}

function statusOf(answer: ServiceAnswer): string {
  return answer.type === "unreachable" ? `no answer, ${answer.code}` : `status ${answer.status}`;
}
