import { describe, expect, it } from "vitest";
import { programHelp } from "../../src/cli/program-help.ts";
import { InternalError, InvalidConfigError, KumaError, MachineError, UsageError } from "../../src/model/errors.ts";
import type { KumaErrorCode } from "../../src/model/errors.ts";
import { exitCodeOf, isOk, type Outcome } from "../../src/model/exit-code.ts";

const failed = (error: unknown): Outcome => ({ type: "failed", error });
const kuma = (code: KumaErrorCode): Outcome => failed(new KumaError(code, "said by the server"));

/** Scripts rely on these codes, so each outcome is written out with its code. */
const table: readonly (readonly [string, Outcome, number])[] = [
  ["done", { type: "done" }, 0],
  ["changes that were asked about", { type: "changes" }, 2],
  ["invalid configuration", { type: "invalid" }, 3],
  ["partly done", { type: "partial" }, 4],
  ["refused", { type: "refused" }, 5],
  ["stale plan", { type: "stale" }, 6],
  ["a monitor that is not up", { type: "not-up" }, 9],
  ["Ctrl-C", { type: "interrupted", signal: "SIGINT" }, 130],
  ["SIGTERM", { type: "interrupted", signal: "SIGTERM" }, 143],
  ["a wrong flag", failed(new UsageError("no")), 64],
  ["findings that were thrown", failed(new InvalidConfigError([])), 3],
  ["a failure of this machine", failed(new MachineError("no")), 1],
  ["a bug", failed(new InternalError("no")), 1],
  ["an unknown error", failed(new TypeError("no")), 1],
  ["something that is no error", failed("no"), 1],
  ["nothing at the address", kuma("unreachable"), 7],
  ["something else at the address", kuma("not-uptime-kuma"), 7],
  ["a bare server", kuma("not-set-up"), 7],
  ["an unknown certificate", kuma("tls"), 7],
  ["a wrong password", kuma("wrong-password"), 7],
  ["a missing second factor", kuma("two-factor-needed"), 7],
  ["a wrong second factor", kuma("two-factor-wrong"), 7],
  ["a bad token", kuma("token-invalid"), 7],
  ["too many logins", kuma("too-frequent"), 7],
  ["an API key", kuma("api-key"), 7],
  ["no credentials", kuma("no-credentials"), 7],
  ["a stalled connection", kuma("stalled"), 7],
  ["a lost connection", kuma("disconnected"), 7],
  ["a list that never came", kuma("incomplete"), 7],
  ["a refusal of the server", kuma("rejected"), 1],
  ["an incompatible server", kuma("incompatible"), 8],
];

describe("exit codes", () => {
  it.each(table)("%s has its own code", (_name, outcome, code) => {
    expect(exitCodeOf(outcome)).toBe(code);
  });

  it("are the ones that the help lists", () => {
    const list = /\nExit codes:\n(?<list>[^]*?)\n\n/u.exec(programHelp)?.groups?.["list"] ?? "";
    const documented = [...list.matchAll(/\b\d+\b/gu)].map(([code]) => Number(code));
    expect(documented.toSorted((a, b) => a - b)).toEqual(
      [...new Set(table.map(([, , code]) => code))].toSorted((a, b) => a - b),
    );
  });

  it("says ok exactly where the code is 0, or 2 where that was asked for", () => {
    for (const [, outcome, code] of table) expect(isOk(outcome)).toBe(code === 0 || code === 2);
  });
});
