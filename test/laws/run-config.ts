/** A configuration given as text, planned and applied on a server through the real client: what the commands do, without them. */
import { apply } from "../../src/apply/apply.ts";
import { toDesired } from "../../src/config/desired.ts";
import { loadConfig } from "../config/load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import { connect } from "../../src/kuma/connect.ts";
import { neededKinds } from "../../src/kuma/lists/needed-kinds.ts";
import { observe } from "../../src/kuma/observe.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Freshness, KumaClient } from "../../src/model/kuma-client.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { ApplyEvent, ApplyReport } from "../../src/model/progress.ts";
import { describePlan, describeReport } from "../../src/output/words/describe-plan.ts";
import { makeBoundPlan, type PlanOptions } from "../../src/plan/make-plan.ts";

export interface Target {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** In place of the password: the server counts no logins by token. */
  readonly token?: string;
}

export interface RunOptions {
  readonly adopt?: boolean;
  /** What `${env:…}` finds. */
  readonly env?: Readonly<Record<string, string>>;
  readonly allowDeletes?: number;
  /** What else the plan is made with. */
  readonly plan?: Partial<PlanOptions>;
  readonly onError?: "continue" | "stop";
  /** Consents to many changes at once, and to a configuration without entities. */
  readonly allowBulk?: boolean;
  /** Errors in the configuration that are let pass. */
  readonly lets?: (finding: Finding) => boolean;
  /** Where `${file:…}` looks. */
  readonly cwd?: string;
  /** Of what the plan is made from: `current` or `anew` for a connection that has seen other runs. Default: `pushed`. */
  readonly freshness?: Freshness;
  /** Milliseconds until a call counts as lost. */
  readonly callTimeout?: number;
  readonly signal?: AbortSignal;
  readonly emit?: (event: ApplyEvent) => void;
  /** Between the plan and the first write. */
  readonly beforeApply?: (client: KumaClient, plan: Plan) => Promise<void>;
}

export interface RunResult {
  readonly plan: Plan;
  readonly observed: Observed;
  /** Undefined when the plan was blocked. */
  readonly report: ApplyReport | undefined;
}

/** Plans and applies; throws when the configuration has errors, so that a test cannot pass by testing nothing. */
export async function runConfig(target: Target, yaml: string, options: RunOptions = {}): Promise<RunResult> {
  return withClient(target, (client) => runConfigOn(client, yaml, options), options);
}

/** The same over a connection that is there: logins are few (20 a minute). */
export async function runConfigOn(client: KumaClient, yaml: string, options: RunOptions = {}): Promise<RunResult> {
  const { desired, observed, plan, binding, planOptions } = await planWith(client, yaml, options);
  if (plan.blockers.length > 0) return { plan, observed, report: undefined };
  await options.beforeApply?.(client, plan);
  const { signal, emit, onError } = options;
  const report = await apply({
    plan,
    binding,
    desired,
    observed,
    client,
    kinds,
    options: planOptions,
    observe: () =>
      observe(client, kinds, {
        freshness: "current",
        project: desired.project,
        needed: neededKinds(desired),
        declared: desired.entities,
      }),
    ...(onError === undefined ? {} : { onError }),
    ...(signal === undefined ? {} : { signal }),
    ...(emit === undefined ? {} : { emit }),
  });
  return { plan, observed, report: describeReport(report) };
}

export async function planConfig(target: Target, yaml: string, options: RunOptions = {}): Promise<Plan> {
  return withClient(target, async (client) => (await planWith(client, yaml, options)).plan, options);
}

async function planWith(client: KumaClient, yaml: string, options: RunOptions) {
  const { env = {}, lets = () => false, cwd = "/", freshness = "pushed" } = options;
  const config = await loadConfig({ paths: ["-"], cwd, env, vars: {}, readStdin: async () => yaml }, kinds);
  const errors = config.findings.filter((finding) => finding.severity === "error" && !lets(finding));
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join("\n"));
  const { desired, findings } = toDesired(config, client.server);
  const refused = findings.filter(({ severity }) => severity === "error");
  if (refused.length > 0) throw new Error(refused.map(({ code, message }) => `${code} ${message}`).join("\n"));
  const scope = { freshness, project: desired.project, needed: neededKinds(desired), declared: desired.entities };
  const observed = await observe(client, kinds, scope);
  const { adopt = false, allowDeletes = 0, allowBulk = false } = options;
  const planOptions: PlanOptions = { adopt, allowDeletes, allowBulk, allowEmpty: allowBulk, ...options.plan };
  const { plan, binding } = makeBoundPlan({ desired, observed, options: planOptions });
  return { desired, observed, planOptions, binding, plan: describePlan(plan) };
}

/** The client is closed when `use` is over. */
export async function withClient<Result>(
  { url, username, password, token }: Target,
  use: (client: KumaClient) => Promise<Result>,
  { callTimeout }: Pick<RunOptions, "callTimeout"> = {},
): Promise<Result> {
  const client = await connect({
    url,
    credentials: token === undefined ? { type: "password", username, password } : { type: "token", token },
    ...(callTimeout === undefined ? {} : { timeouts: { call: callTimeout } }),
  });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
