/**
 * The part of `test` that `plan` and `apply` run: they judge the samples and tests of the file by the rules of the
 * server, so that no monitor is written that can never be up, or never down.
 */
import type { Config, DeclaredEntity } from "../../config/config.ts";
import { isWithheld } from "../../config/entity-finding.ts";
import type { Desired, DesiredEntity } from "../../model/entity.ts";
import { silenced } from "../../config/silencing/silencing.ts";
import { audible, type Finding } from "../../model/finding.ts";
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
  /** The Uptime Kuma version whose rules apply. */
  readonly server: string;
}

/** Maximum number of monitors that a message names. */
const mostNamed = 5;

type JudgeFlags = Pick<ScopeFlags, "select" | "exclude" | "test">;

/**
 * The errors that `test` would report for the selected monitors. With `--no-test`, one note (KS1555) if there is
 * something to judge. The evaluation process starts only if it is needed. Warnings are left to `test`, which also shows
 * the numbers behind them.
 */
export async function judgeBeforeWriting(run: Run<JudgeFlags>, input: JudgeInput): Promise<readonly Finding[]> {
  const { flags, terminal } = run;
  const isSelected = selectorOf({ select: flags.select ?? [], exclude: flags.exclude ?? [] });
  const judged = input.config.entities.filter((entity) => isSelected(entity.key) && hasTests(entity));
  if (judged.length === 0) return [];
  if (flags.test !== false) return judge(run, judged, input);
  const notes = silenced([leftOut(judged.length)], input.config.silencing);
  if (!terminal.isJson) for (const note of audible(notes)) terminal.note(findingNoteText(note));
  return notes;
}

/** Whether the monitor has a sample or tests, and all of them could be read. */
function hasTests(entity: DeclaredEntity): boolean {
  const { tests } = entity;
  if (tests === undefined || (tests.sample === undefined && tests.tests.length === 0)) return false;
  // Offline, placeholders stand for secrets, so a verdict would mean nothing.
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

/** An error, because these monitors would otherwise be written without being judged. */
function notJudged(why: string, entities: readonly DeclaredEntity[]): Finding {
  const named = entities.slice(0, mostNamed).map(({ key }) => key);
  const more = entities.length > named.length ? `, and ${entities.length - named.length} more` : "";
  return {
    code: "KS1555",
    severity: "error",
    message: `samples and tests of ${plural(entities.length, "monitor")} were not judged, because ${why}: ${named.join(", ")}${more}`,
    hint: "simplify the queries that are slow or were stopped, or pass --no-test to plan without judging",
  };
}

async function judge(
  { context }: Run,
  entities: readonly DeclaredEntity[],
  { config, desired, server }: JudgeInput,
): Promise<readonly Finding[]> {
  const [{ isTestable, testMonitor }, { startJudgingLimit }] = await Promise.all([
    import("../../testing/test-monitor.ts"),
    import("../../testing/judging-limit.ts"),
  ]);
  const lab = openLab();
  const judgeAll = async (): Promise<readonly Finding[]> => {
    const findings: Finding[] = [];
    const testable = entities.filter((entity) => isTestable(entity) && desired.entities.has(entity.key));
    const whyEnd = startJudgingLimit({ lab, monitors: testable.length, now: () => context.now() });
    for (const [index, entity] of testable.entries()) {
      const why = whyEnd();
      if (why !== undefined) return [...findings, notJudged(why, testable.slice(index))];
      const { spec } = desired.entities.get(entity.key) as DesiredEntity;
      const sample = entity.tests?.sample;
      const tested = await testMonitor({ entity, spec, sample, servers: [server], lab, clock: Date.now() });
      const judged = silenced(tested.findings, config.silencing);
      findings.push(...judged.filter(({ severity, code }) => severity === "error" || code === "KS1902"));
    }
    return findings;
  };
  try {
    return await untilAborted(judgeAll(), context.signal);
  } finally {
    lab.close();
  }
}
