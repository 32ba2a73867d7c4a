/** `test`: whether the monitors go red when they should, and with `--probe` what they would say now. */
import type { Config } from "../config/config.ts";
import { toDesired } from "../config/desired.ts";
import type { Desired, DesiredEntity, EntityKey } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { newestTestedVersion } from "../model/release.ts";
import { renderProbes, renderTests } from "../output/human/test.ts";
import { hasFailed, type ProbedMonitor, type TestedMonitor } from "../model/tested-monitor.ts";
import type { Sample } from "../query/experiment/experiment-case.ts";
import { openLab, type QueryLab } from "../query/lab.ts";
import { serverRules } from "../query/server-rules.ts";
import { probedPlaces, testedPlaces } from "../secrets/data-places.ts";
import {
  findingsText,
  readConfiguration,
  refuseInvalid,
  showWarnings,
} from "../workflows/configuration/configuration.ts";
import { untilAborted, type Context } from "../run/context.ts";
import type { ConfigFlags, OutputFlags, ReportFlags, SecretsFlag, TargetFlag } from "../run/flags.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { parseReports, publish } from "../workflows/reports/reports.ts";
import { createTerminal, type Terminal } from "../run/terminal.ts";
import { isTestable, testMonitor } from "../testing/test-monitor.ts";
import { builtInAnswers, probeReleases, withoutCredentials } from "../workflows/monitor-tests/test-open-webui.ts";
import { fetchSample, probeMonitors } from "../workflows/monitor-tests/probe-monitors.ts";

export interface TestFlags extends ConfigFlags, SecretsFlag, OutputFlags, ReportFlags, TargetFlag {
  /** Uptime Kuma versions. */
  readonly server?: readonly string[];
  readonly probe?: boolean;
}

export async function runTest(context: Context, flags: TestFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const publication = { context, terminal, reports: parseReports(flags, "test", context) };
  const [first = newestTestedVersion, ...others] = flags.server ?? [];
  const { probe = false, withSecrets = false } = flags;
  if (probe) refuseUntrusted("test --probe", context);
  const config = await readConfiguration(flags, context, probe || withSecrets ? "real" : "withheld");
  if (hasErrors(config.findings)) return refuseInvalid(config, config.findings, publication);
  showWarnings(config, config.findings, terminal);
  const lab = openLab();
  try {
    const desired = toDesired(config).desired.entities;
    const work = { config, desired, lab, servers: [first, ...others], terminal } as const;
    const probes = probe ? await probeAllOf(context, work) : undefined;
    const releases = probe ? await untilAborted(probeReleases(config, context), context.signal) : undefined;
    const samples = await samplesOf(context, work, probes ?? []);
    const builtIn = builtInAnswers(config, releases?.instances ?? config.openWebUI);
    const monitors = await untilAborted(testAll(work, { samples, builtIn }), context.signal);
    terminal.clearStatus();
    const isDown = probes?.some(({ status }) => status === "down") ?? false;
    const { findings: ofReleases = [], instances } = releases ?? {};
    const outcome: Outcome =
      monitors.some(hasFailed) || isDown || hasErrors(ofReleases) ? { type: "not-up" } : { type: "done" };
    const findings = [...ofReleases, ...monitors.flatMap((monitor) => monitor.findings)];
    const notes = [...new Set(work.servers.flatMap((server) => serverRules(server).notes))];
    for (const note of notes) terminal.note(`note: ${note}\n`);
    terminal.print(findingsText(config, terminal.isVerbose ? findings : findings.filter(isNoNote), terminal, "out"));
    terminal.print(renderTests(terminal.withoutSecrets(monitors, testedPlaces), terminal.out));
    if (probes !== undefined) terminal.print(renderProbes(terminal.withoutSecrets(probes, probedPlaces), terminal.out));
    const released = instances && { openWebUI: instances.map(withoutCredentials), findings: ofReleases };
    const { project } = config;
    const { servers } = work;
    const data = { type: "test", outcome, project, servers, monitors, probes, released, notes } as const;
    return await publish(data, publication);
  } finally {
    terminal.clearStatus();
    lab.close();
  }
}

/** What is watched is news the first time only; the table has the numbers. */
function isNoNote({ severity }: TestedMonitor["findings"][number]): boolean {
  return severity !== "info";
}

interface Work {
  readonly config: Config;
  /** With an entry for each entity of `config`. */
  readonly desired: Desired["entities"];
  readonly lab: QueryLab;
  readonly servers: readonly [string, ...string[]];
  readonly terminal: Terminal;
}

/** Answers that were just found healthy, for monitors that have no sample. */
async function samplesOf(
  { signal }: Context,
  { config, desired, servers }: Work,
  probes: readonly ProbedMonitor[],
): Promise<ReadonlyMap<EntityKey, Sample>> {
  const healthy = new Set(probes.filter(({ status }) => status === "up").map(({ key }) => key));
  const samples = new Map<EntityKey, Sample>();
  for (const entity of config.entities) {
    const { key, tests } = entity;
    if (!healthy.has(key) || !isTestable(entity) || tests?.sample !== undefined) continue;
    const sample = await fetchSample(desired.get(key) as DesiredEntity, { server: servers[0], signal });
    if (sample !== undefined) samples.set(key, sample);
  }
  return samples;
}

async function testAll(
  { config, desired, lab, servers, terminal }: Work,
  answers: {
    readonly samples: ReadonlyMap<EntityKey, Sample>;
    readonly builtIn: ReturnType<typeof builtInAnswers>;
  },
): Promise<readonly TestedMonitor[]> {
  const testable = config.entities.filter((entity) => isTestable(entity));
  const monitors: TestedMonitor[] = [];
  for (const [index, entity] of testable.entries()) {
    terminal.status(`testing ${entity.key} (${index + 1} of ${testable.length})`);
    const { spec } = desired.get(entity.key) as DesiredEntity;
    const builtIn = answers.builtIn.get(entity.key);
    const written = entity.tests?.sample;
    const own = written === undefined ? answers.samples.get(entity.key) : { body: written.body };
    const tried = { ...builtIn, ...(own === undefined ? {} : { sample: own, isGuess: false }) };
    monitors.push(await testMonitor({ entity, spec, sample: undefined, ...tried, servers, lab, clock: Date.now() }));
  }
  return monitors;
}

function probeAllOf(
  context: Context,
  { config, desired, lab, servers, terminal }: Work,
): Promise<readonly ProbedMonitor[]> {
  return probeMonitors([...desired.values()], {
    server: servers[0],
    lab,
    secrets: config.secrets,
    signal: context.signal,
    onProgress: (text) => terminal.status(text),
  });
}
