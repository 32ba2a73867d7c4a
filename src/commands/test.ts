/** `test`: checks that the monitors go red when they should. `--probe` also checks what they would report now. */
import type { Config, DeclaredEntity } from "../config/config.ts";
import { toDesired } from "../config/desired.ts";
import { findingFor } from "../config/entity-finding.ts";
import { silenced } from "../config/silencing/silencing.ts";
import type { Desired, DesiredEntity, EntityKey } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { noteText } from "../output/human/note.ts";
import { renderProbes, renderTests } from "../output/human/test.ts";
import { reportFormats } from "../output/report-format.ts";
import { hasFailed, type ProbedMonitor, type TestedMonitor } from "../model/tested-monitor.ts";
import type { Sample } from "../query/experiment/experiment-case.ts";
import { probedPlaces, testedPlaces } from "../secrets/data-places.ts";
import { openLab, type QueryLab } from "../query/lab.ts";
import { newestTestedVersion } from "../model/release.ts";
import { serverRules } from "../query/server-rules.ts";
import { readConfiguration } from "../workflows/configuration/read-configuration.ts";
import { findingsText, refuseInvalid, showWarnings } from "../workflows/configuration/show-findings.ts";
import { shownFindings } from "../workflows/configuration/shown-findings.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import {
  addConfigFlags,
  addFileArguments,
  addReportFlags,
  addSecretsFlag,
  addTargetFlag,
  collectRelease,
} from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, ReportFlags, SecretsFlag, TargetFlag } from "../run/flags.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { publish } from "../workflows/reports/publish.ts";
import type { Run } from "../run/run.ts";
import { startJudgingLimit } from "../testing/judging-limit.ts";
import { isTestable, testMonitor } from "../testing/test-monitor.ts";
import { builtInAnswers, probeReleases, shownInstances } from "../workflows/monitor-tests/service-answers.ts";
import { fetchSample, probeMonitors } from "../workflows/monitor-tests/probe-monitors.ts";

interface TestFlags extends ConfigFlags, SecretsFlag, OutputFlags, ReportFlags, TargetFlag {
  /** Uptime Kuma versions. */
  readonly server?: readonly string[];
  readonly probe?: boolean;
}

export const testCommand: CommandDefinition<TestFlags> = {
  help: `
Runs the \`tests:\` of each json-query and keyword monitor, and breaks its
\`sample:\` in a hundred ways to see what the monitor catches and what it sleeps
through. Without --probe it needs no variable, as validate.

Examples:
  kuma-sync test
  kuma-sync test shop.yaml                    as with -f
  kuma-sync test --server 2.5.3 --server 1.23.17    and whether both agree
  kuma-sync test --report junit=report.xml
  kuma-sync test --probe                      and what the services answer now

--probe reaches hosts that the file names: it is not for untrusted files, and
refuses when KUMA_SYNC_UNTRUSTED=1.

Exit codes: 0 all hold, 3 invalid configuration, 9 a test failed, a monitor
cannot pass or fail, or is down.
`,
  reportsOf: "test",
  declare: (command) =>
    addReportFlags(
      addTargetFlag(
        addSecretsFlag(
          addConfigFlags(
            addFileArguments(command)
              .option(
                "--server <version>",
                "evaluate as this Uptime Kuma version; may be repeated to compare",
                collectRelease,
              )
              .option("--probe", "also send each HTTP monitor's request from here; exit 9 when one is down"),
          ),
        ),
      ),
      reportFormats.test,
    ),
  run: runTest,
};

async function runTest(run: Run<TestFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const [first = newestTestedVersion, ...others] = flags.server ?? [];
  const { probe = false, withSecrets = false } = flags;
  if (probe) refuseUntrusted(run, "test --probe");
  const config = await readConfiguration(run, probe || withSecrets ? "real" : "withheld");
  if (hasErrors(config.findings)) return refuseInvalid(run, config, config.findings);
  showWarnings(run, config, config.findings);
  const lab = openLab();
  try {
    const desired = toDesired(config).desired.entities;
    const subject = { config, desired, lab, servers: [first, ...others] } as const;
    const probes = probe ? await probeAllOf(run, subject) : undefined;
    const releases = probe ? await untilAborted(probeReleases(config, context), context.signal) : undefined;
    const samples = await samplesOf(run, subject, probes ?? []);
    const builtIn = await builtInAnswers(config, releases?.instances);
    const monitors = await untilAborted(testAll(run, subject, { samples, builtIn }), context.signal);
    const isDown = probes?.some(({ status }) => status === "down") ?? false;
    const probed = releases && shownInstances(releases.instances);
    const ofReleases = silenced(releases?.findings ?? [], config.silencing);
    const outcome: Outcome =
      monitors.some(hasFailed) || isDown || hasErrors(ofReleases) ? { type: "not-up" } : { type: "done" };
    const findings = [...ofReleases, ...monitors.flatMap((monitor) => monitor.findings)];
    const notes = [...new Set(subject.servers.flatMap((server) => serverRules(server).notes))];
    for (const note of notes) terminal.note(noteText(note));
    const wanted = terminal.isVerbose ? findings : findings.filter(isNoNote);
    terminal.print(findingsText(run, shownFindings(config, wanted), "out"));
    terminal.print(renderTests(terminal.withoutSecrets(monitors, testedPlaces), terminal.out));
    if (probes !== undefined) terminal.print(renderProbes(terminal.withoutSecrets(probes, probedPlaces), terminal.out));
    const released = probed && { services: probed, findings: ofReleases };
    const { project } = config;
    const { servers } = subject;
    const data = { type: "test", outcome, project, servers, monitors, probes, released, notes } as const;
    return await publish(run, data);
  } finally {
    lab.close();
  }
}

/** Notes about watched places are only shown with --verbose; the table has the numbers. */
function isNoNote({ severity, suppressed }: TestedMonitor["findings"][number]): boolean {
  return severity !== "info" || suppressed !== undefined;
}

/** What is tested, and by which servers' rules. */
interface TestSubject {
  readonly config: Config;
  /** Has an entry for each entity of `config`. */
  readonly desired: Desired["entities"];
  readonly lab: QueryLab;
  readonly servers: readonly [string, ...string[]];
}

/** Healthy answers that a probe just got, for monitors without a sample. */
async function samplesOf(
  { context }: Run,
  { config, desired, servers }: TestSubject,
  probes: readonly ProbedMonitor[],
): Promise<ReadonlyMap<EntityKey, Sample>> {
  const healthy = new Set(probes.filter(({ status }) => status === "up").map(({ key }) => key));
  const samples = new Map<EntityKey, Sample>();
  for (const entity of config.entities) {
    const { key, tests } = entity;
    if (!healthy.has(key) || !isTestable(entity) || tests?.sample !== undefined) continue;
    const sample = await fetchSample(desired.get(key) as DesiredEntity, { server: servers[0], signal: context.signal });
    if (sample !== undefined) samples.set(key, sample);
  }
  return samples;
}

function notTested(entity: DeclaredEntity, why: string): TestedMonitor {
  const finding = findingFor(entity, {
    code: "KS1555",
    severity: "error",
    message: `not tested, because ${why}`,
    pointer: "",
    hint: "simplify the queries that are slow or were stopped",
  });
  return { key: entity.key, name: entity.name, tests: [], findings: [finding] };
}

async function testAll(
  { context, terminal }: Run,
  { config, desired, lab, servers }: TestSubject,
  answers: {
    readonly samples: ReadonlyMap<EntityKey, Sample>;
    readonly builtIn: Awaited<ReturnType<typeof builtInAnswers>>;
  },
): Promise<readonly TestedMonitor[]> {
  const testable = config.entities.filter((entity) => isTestable(entity));
  const monitors: TestedMonitor[] = [];
  const whyEnd = startJudgingLimit({ lab, monitors: testable.length, now: () => context.now() });
  for (const [index, entity] of testable.entries()) {
    terminal.status(`testing ${entity.key} (${index + 1} of ${testable.length})`);
    const why = whyEnd();
    if (why !== undefined) {
      monitors.push(notTested(entity, why));
      continue;
    }
    const { spec } = desired.get(entity.key) as DesiredEntity;
    const builtIn = answers.builtIn.get(entity.key);
    const written = entity.tests?.sample;
    const own = written === undefined ? answers.samples.get(entity.key) : { body: written.body };
    const tried = { ...builtIn, ...(own === undefined ? {} : { sample: own, isGuess: false }) };
    const input = { entity, spec, sample: undefined, ...tried, servers, lab, clock: Date.now() };
    const tested = await testMonitor(input);
    monitors.push({ ...tested, findings: silenced(tested.findings, config.silencing) });
  }
  return monitors;
}

function probeAllOf(
  { context, terminal }: Run,
  { config, desired, lab, servers }: TestSubject,
): Promise<readonly ProbedMonitor[]> {
  return probeMonitors([...desired.values()], {
    server: servers[0],
    lab,
    secrets: config.secrets,
    signal: context.signal,
    onProgress: (text) => terminal.status(text),
  });
}
