import { describe, expect, it } from "vitest";
import { InternalError, KumaError, MachineError, UsageError } from "../../../src/model/errors.ts";
import { renderError } from "../../../src/output/human/error.ts";
import { monitorStates } from "../../../src/model/monitor-status.ts";
import { renderStatus, renderStatusChange, renderWait } from "../../../src/output/human/status.ts";
import { createStyle } from "../../../src/output/style.ts";
import { onTerminal } from "../text-options.ts";

const { style } = onTerminal;

describe("status", () => {
  const monitors = monitorStates.map((state, index) => ({
    key: `monitor/${state}`,
    id: index,
    name: `Service 日本 ${state}`,
    state,
    message: state === "up" ? "200 - OK" : `\u001B[2J\n::error::${state}`,
    ...(state === "up" ? { ping: 12, averagePing: 15.26, uptime24h: 1, uptime30d: 0.99999 } : {}),
    ...(state === "down" ? { since: { time: "2026-11-23T02:14:10.941Z", isOlder: false } } : {}),
    ...(state === "pending" ? { since: { time: "2026-11-20T00:00:00.000Z", isOlder: true } } : {}),
  }));
  const now = Date.parse("2026-11-23T05:20:00Z");

  it("is a table with every state in words", () => {
    expect(renderStatus(monitors, onTerminal, { now, isScreen: false })).toMatchInlineSnapshot(`
      "               MONITOR                   KEY                  PING   MEAN 24H  UP 24H  UP 30D  FOR     MESSAGE
        DOWN         Service 日本 down         monitor/down                                          3h 5m   \\x1b[2J\\n::error::down
        NO BEAT      Service 日本 none         monitor/none                                                  \\x1b[2J\\n::error::none
        PENDING      Service 日本 pending      monitor/pending                                       >3d 5h  \\x1b[2J\\n::error::pending
        MAINTENANCE  Service 日本 maintenance  monitor/maintenance                                           \\x1b[2J\\n::error::maintenance
        PAUSED       Service 日本 paused       monitor/paused                                                \\x1b[2J\\n::error::paused
        UP           Service 日本 up           monitor/up           12 ms  15 ms     100%    99.99%          200 - OK

      6 monitors: 1 down, 1 without a heartbeat, 1 pending, 1 in maintenance, 1 paused and 1 up.
      "
    `);
  });

  it("says the same with colours", () => {
    const coloured = renderStatus(
      monitors,
      { ...onTerminal, style: createStyle({ color: true, unicode: true }) },
      { now, isScreen: false },
    );
    expect(coloured.replaceAll(/\u001B\[\d+m/gu, "")).toBe(
      renderStatus(monitors, onTerminal, { now, isScreen: false }),
    );
  });

  it("never rounds an uptime up to 100%", () => {
    expect(renderStatus(monitors, onTerminal, { now, isScreen: false })).toContain("100%    99.99%");
  });

  it("drops figures in favour of messages on a narrow screen", () => {
    expect(renderStatus(monitors, { ...onTerminal, width: 80 }, { now, isScreen: true })).toMatchInlineSnapshot(`
      "               MONITOR            KEY                 UP 24H  MESSAGE
        DOWN         Service 日本 down  monitor/down                \\x1b[2J\\n::error:…
        NO BEAT      Service 日本 none  monitor/none                \\x1b[2J\\n::error:…
        PENDING      Service 日本 pen…  monitor/pending             \\x1b[2J\\n::error:…
        MAINTENANCE  Service 日本 mai…  monitor/maintenan…          \\x1b[2J\\n::error:…
        PAUSED       Service 日本 pau…  monitor/paused              \\x1b[2J\\n::error:…
        UP           Service 日本 up    monitor/up          100%    200 - OK

      6 monitors: 1 down, 1 without a heartbeat, 1 pending, 1 in maintenance, 1 paused and 1 up.
      "
    `);
    const quiet = monitors.map((monitor) => ({ ...monitor, name: "S", message: "" }));
    expect(renderStatus(quiet, { ...onTerminal, width: 90 }, { now, isScreen: true })).toContain("MEAN 24H");
  });

  it("writes a change as one line that obeys nothing", () => {
    const time = "2026-11-23T05:20:00.000Z";
    const [down] = monitors;
    expect(down && renderStatusChange(down, { style, time })).toBe(
      `${time}  DOWN  Service 日本 down  monitor/down  ${String.raw`\x1b[2J\n::error::down`}\n`,
    );
  });

  it("says so when there is none", () => {
    expect(renderStatus([], onTerminal, { now, isScreen: true })).toBe("No managed monitors.\n");
  });

  it("counts the monitors that were waited for", () => {
    expect(renderWait({ up: 2, total: 3, ms: 60_000 }, style)).toBe("2 of 3 new monitors are up after 1m 00s.\n");
  });
});

function render(error: unknown, isVerbose = false): string {
  return renderError(error, { style, isVerbose, redact: (text) => text });
}

describe("error", () => {
  it("is a sentence and what to try", () => {
    expect(
      render(new KumaError("wrong-password", "the user name or the password is wrong", { hint: "check both" })),
    ).toBe("error: the user name or the password is wrong\n help: check both\n");
    expect(render(new UsageError("unknown option '--x'"))).toBe("error: unknown option '--x'\n");
  });

  it("reports an unknown error as a bug, with the stack only on request", () => {
    const error = new InternalError("no kind");
    expect(render(error)).toBe(
      "error: this is a bug in kuma-sync: no kind\n help: please report it, with the output of the same command and -v\n",
    );
    expect(render(error, true)).toContain("status-and-error.test.ts");
  });

  it("prints causes on request, without the stack of an operating system error", () => {
    const error = new KumaError("unreachable", "nothing answers", { cause: new Error("connect ECONNREFUSED") });
    expect(render(error)).not.toContain("ECONNREFUSED");
    expect(render(error, true)).toBe("error: nothing answers\n  caused by: connect ECONNREFUSED\n");
  });

  it("does not report a full disk as a bug", () => {
    const error = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
    expect(render(error)).toBe("error: ENOSPC: no space left on device, write\n");
  });

  it("has a line for each line that a local program printed, with control characters escaped", () => {
    const said = "it stopped; the end of its log:\n::error::x\n\u001B[2Jgone";
    expect(render(new MachineError(said, { hint: "look at it" }))).toBe(
      "error: it stopped; the end of its log:\n  \\x3a:error::x\n  \\x1b[2Jgone\n help: look at it\n",
    );
  });

  it("escapes control characters in the server's texts", () => {
    expect(render(new KumaError("rejected", "\u001B[2J\n::error::x"))).toBe(
      String.raw`error: \x1b[2J\n::error::x` + "\n",
    );
  });
});
