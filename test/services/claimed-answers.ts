/** The answers of real services that the claims are held to. */
import { readFileSync } from "node:fs";
import type { JsonObject } from "../../src/model/json.ts";
import type { ServiceType } from "../../src/services/services.ts";

export interface ClaimedAnswer {
  readonly state: string;
  /** The name of the request, as a claimed check lists it; `any` for every request. */
  readonly name: string;
  /** Undefined if nothing was answered in time. */
  readonly answer?: { readonly status: number; readonly contentType: string; readonly body: string };
  /** What Uptime Kuma itself said, of a service that it does not ask by HTTP. */
  readonly recorded?: RecordedVerdict;
}

export interface RecordedVerdict {
  /** `no result`: its check never ended, and the monitor stayed as it was. */
  readonly verdict: "UP" | "DOWN" | "no result";
  readonly message: string;
  /** What the recorded connection string or query had, without which the check does not see the state. */
  readonly needs?: string;
}

interface Indexed extends Partial<RecordedVerdict> {
  readonly state: string;
  readonly name: string;
  readonly status?: number | null;
  readonly contentType?: string | null;
  /** Below the folder of the samples; null where nothing was answered. */
  readonly file?: string | null;
}

/**
 * Blocks whose monitors ask what was recorded, and the answers: several where no block makes all monitors. The first model of
 * a block is the one that was asked for.
 */
export interface RecordedService {
  readonly blocks: readonly JsonObject[];
  readonly answers: readonly ClaimedAnswer[];
}

/**
 * An answer that is `rebuilt` has the status and the shape of the real one, whose text was not kept.
 * Reads `test/services/<type>/recorded.json`: `blocks`, and `answers` with files below its folder. */
export function recordedService(type: ServiceType): RecordedService {
  const folder = new URL(`${type}/`, import.meta.url);
  const { blocks, answers } = JSON.parse(readFileSync(new URL("recorded.json", folder), "utf8")) as {
    readonly blocks: readonly JsonObject[];
    readonly answers: readonly Indexed[];
  };
  return {
    blocks,
    answers: answers.map(({ state, name, status, contentType, file, verdict, message = "", needs }) => ({
      state,
      name,
      ...(verdict === undefined ? {} : { recorded: { verdict, message, ...(needs === undefined ? {} : { needs }) } }),
      ...(typeof status !== "number" || typeof file !== "string"
        ? {}
        : { answer: { status, contentType: contentType ?? "", body: readFileSync(new URL(file, folder), "utf8") } }),
    })),
  };
}
