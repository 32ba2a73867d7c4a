/** Finds out why monitors of a Chroma are down: the process, its database, the disk, or the collection of the probe. */
import { isJsonObject } from "../../../model/json.ts";
import type { Advice, ServiceDoctor } from "../../diagnosis.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { startExamination, strangerAdvice, type Examination } from "../../requests/examination.ts";
import { quotedWords } from "../../requests/quoted-words.ts";
import { databasePath, probeEntry, probeQuery, type WrittenChroma } from "../block/chroma-block.ts";

const heartbeat = "/api/v2/heartbeat";

export const doctor: ServiceDoctor = {
  async recognise(get) {
    // Its version route says 1.0.0, whatever the release is.
    return isBeat(await get(heartbeat)) ? { version: undefined } : undefined;
  },
  async diagnose(port, block) {
    const written = block as unknown as WrittenChroma;
    const visit = startExamination(port, written.url, []);
    const beat = await visit.put({ path: heartbeat });
    if (!isBeat(beat)) return visit.result({ version: undefined, advice: [strangerAdvice(beat, "Chroma", heartbeat)] });
    const path = databasePath(written);
    const count = await visit.put({ path: `${path}/collections_count` });
    const advice = [...countAdvice(count, visit), ...(await probeAdvice(visit, path, written))];
    return visit.result({ version: undefined, advice });
  },
};

function isBeat(answer: ServiceAnswer): boolean {
  return (
    answer.type === "json" &&
    answer.status === 200 &&
    isJsonObject(answer.json) &&
    typeof answer.json["nanosecond heartbeat"] === "number"
  );
}

function isOk(answer: ServiceAnswer): boolean {
  return answer.type === "json" && answer.status === 200;
}

function countAdvice(answer: ServiceAnswer, visit: Examination): readonly Advice[] {
  if (!isOk(answer)) return [broken("cannot count its collections", answer, visit)];
  if (answer.type === "json" && answer.json !== 0) return [];
  const steps = ["see whether tenant and database are right, and whether its data folder is the one of before"];
  return [{ code: "storage-empty", severity: "error", message: "it has no collection", steps }];
}

async function probeAdvice(visit: Examination, path: string, { probe }: WrittenChroma): Promise<readonly Advice[]> {
  if (probe === undefined) return [];
  const collection = `${path}/collections/${probe.collection}`;
  const found = await visit.put({ path: `${collection}/query`, body: probeQuery });
  if (found.type === "json" && found.status === 404) return [noCollection];
  if (!isOk(found)) return [broken("cannot search the collection of the probe", found, visit)];
  if (probe.write !== true) return [];
  const written = await visit.put({ path: `${collection}/upsert`, body: probeEntry });
  return isOk(written) ? [] : [broken("can be searched but not written", written, visit)];
}

const noCollection: Advice = {
  code: "probe-missing",
  severity: "error",
  message: "the collection of the probe is not there",
  steps: ["make it again, and write its new id into the block; docs/services/chroma.md says how"],
};

function broken(what: string, answer: ServiceAnswer, { redactor }: Examination): Advice {
  const words = answer.type === "json" && isJsonObject(answer.json) ? answer.json["message"] : undefined;
  const said = typeof words === "string" && words !== "" ? `: ${quotedWords(words, redactor)}` : "";
  const status = answer.type === "unreachable" ? `no answer, ${answer.code}` : `status ${answer.status}`;
  const steps = ["see whether its data folder is there, can be written, and has room", "see the log of Chroma"];
  return { code: "database-down", severity: "error", message: `it ${what} (${status})${said}`, steps };
}
