/**
 * What `plan` and `apply` do of `test`: they judge the samples and tests of the file by the rules of the server that would be
 * written to, so that a monitor that can never pass, or never fail, does not reach it.
 */
import type { Config, DeclaredEntity } from "../../config/config.ts";
import { isWithheld } from "../../config/entity-finding.ts";
import type { Desired } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { selectorOf } from "../../plan/order/selection.ts";
import { findingNoteText } from "../../output/human/note.ts";
import { plural } from "../../output/words/counts.ts";
import { openLab } from "../../query/lab.ts";
import type { ScopeFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { untilAborted } from "../../run/until-aborted.ts";

interface JudgeInput {
  readonly config: Config;
  readonly desired: Desired;
  /** The Uptime Kuma version that judges. */
  readonly server: string;
}

type JudgeFlags = Pick<ScopeFlags, "select" | "exclude" | "test">;

/**
 * The errors that `test` would report for the selected monitors, or with `--no-test` one note (KS1555) if there is something
 * to judge. The evaluation process starts only then. Warnings are for `test`, which has the figures that go with them.
 */
export async function judgeBeforeWriting(run: Run<JudgeFlags>, input: JudgeInput): Promise<readonly Finding[]> {
  const { flags, terminal } = run;
  const isSelected = selectorOf({ select: flags.select ?? [], exclude: flags.exclude ?? [] });
  const judged = input.config.entities.filter((entity) => isSelected(entity.key) && hasTests(entity));
  if (judged.length === 0) return [];
  if (flags.test !== false) return judge(run, judged, input);
  const note = leftOut(judged.length);
  if (!terminal.isJson) terminal.note(findingNoteText(note));
  return [note];
}

/** Whether there is something written to judge it by, all of which can be read. */
function hasTests(entity: DeclaredEntity): boolean {
  const { tests } = entity;
  if (tests === undefined || (tests.sample === undefined && tests.tests.length === 0)) return false;
  // Offline, placeholders stand for secrets: nothing can be concluded from these.
  const pointers = ["/jsonPath", "/expectedValue", "/keyword", "/sample", ...tests.tests.map(({ pointer }) => pointer)];
  return !pointers.some((pointer) => isWithheld(entity, pointer));
}

function leftOut(count: number): Finding {
  return {
    code: "KS1555",
    severity: "info",
    message: `--no-test: samples and tests of ${plural(count, "monitor")} were not judged`,
    hint: "kuma-sync test judges them",
  };
}

async function judge(
  { context }: Run,
  entities: readonly DeclaredEntity[],
  { desired, server }: JudgeInput,
): Promise<readonly Finding[]> {
  const { isTestable, testMonitor } = await import("../../testing/test-monitor.ts");
  const lab = openLab();
  const judgeAll = async (): Promise<readonly Finding[]> => {
    const findings: Finding[] = [];
    for (const entity of entities) {
      const spec = desired.entities.get(entity.key)?.spec;
      if (spec === undefined || !isTestable(entity)) continue;
      const sample = entity.tests?.sample;
      const tested = await testMonitor({ entity, spec, sample, servers: [server], lab, clock: Date.now() });
      findings.push(...tested.findings.filter(({ severity }) => severity === "error"));
    }
    return findings;
  };
  try {
    return await untilAborted(judgeAll(), context.signal);
  } finally {
    lab.close();
  }
}
