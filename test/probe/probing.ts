import { afterAll } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { probe, type ProbeOptions } from "../../src/probe/probe.ts";
import type { Probed, ProbeResult } from "../../src/probe/probe-result.ts";
import { openLab, type QueryLab } from "../../src/query/lab.ts";
import { builtChild } from "../query/built-child.ts";
import { monitorOf } from "./monitors.ts";

/** A lab for the tests of a file. */
export function labOfFile(): QueryLab {
  const lab = openLab({ entry: builtChild() });
  afterAll(() => lab.close());
  return lab;
}

/** For tests that ask no query. */
const noLab: QueryLab = {
  run: () => Promise.reject(new Error("no query was expected")),
  stopped: () => 0,
  close: () => undefined,
};

type Written = JsonObject & { readonly type?: string };

/** Probes an http monitor, unless another type is given, by the newest rules, unless another server is given. */
export async function resultOf(written: Written, options: Partial<ProbeOptions> = {}): Promise<ProbeResult> {
  return await probe(monitorOf({ type: "http", ...written }), { server: "2.5.3", lab: noLab, ...options });
}

/** The same, for a monitor that can be probed. */
export async function probed(written: Written, options: Partial<ProbeOptions> = {}): Promise<Probed> {
  const result = await resultOf(written, options);
  if (result.status === "skipped") throw new Error(result.reason);
  return result;
}

export const oldServers = ["1.23.17", "2.0.0-dev.0"] as const;
export const newServers = ["2.0.2", "2.3.2", "2.4.0", "2.5.3"] as const;
