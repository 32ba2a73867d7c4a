/** `targets:`: servers, each with its own variables and overrides. */
import type { Finding } from "../../model/finding.ts";
import { pointerTo } from "../../model/json.ts";
import { meantNestedKey } from "../pasted/nested-key.ts";
import type { MeantKey } from "../pasted/meant-key.ts";
import { isTellingName } from "../../secrets/apparent-secrets.ts";
import { entriesOf } from "./entries-of.ts";
import { allowVariable, type AllowedEnv } from "../values/allowed-env.ts";
import type { Contexts } from "../values/contexts.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { readFields, type FieldsOptions } from "./read-fields.ts";
import { targetPrefix, type TargetServer } from "./target-server.ts";
import { targetSchema } from "./targets-schema.ts";

type Report = (finding: Finding) => void;

/** A target split into its sections, before any value is read. */
export interface DeclaredTarget {
  readonly name: string;
  readonly place: YamlPlace;
  /** The server of the target, and how to log in. */
  readonly server: ReadonlyMap<string, YamlPlace>;
  readonly vars: ReadonlyMap<string, YamlPlace>;
  /** By the full key of the entity, as written. */
  readonly overrides: ReadonlyMap<string, YamlPlace>;
}

export function declaredTargets(
  targets: ReadonlyMap<string, YamlPlace>,
  report: Report,
): ReadonlyMap<string, DeclaredTarget> {
  const declared = new Map<string, DeclaredTarget>();
  const byPrefix = new Map<string, DeclaredTarget>();
  for (const [name, place] of targets) {
    const { vars, overrides, ...server } = Object.fromEntries(entriesOf(place, `target "${name}"`, report));
    const target: DeclaredTarget = {
      name,
      place,
      server: new Map(Object.entries(server)),
      vars: vars === undefined ? new Map() : entriesOf(vars, `"vars" of target "${name}"`, report),
      overrides: overrides === undefined ? new Map() : entriesOf(overrides, `"overrides" of target "${name}"`, report),
    };
    declared.set(name, target);
    const prefix = targetPrefix(name);
    const other = byPrefix.get(prefix);
    if (other === undefined) byPrefix.set(prefix, target);
    else report(sameVariables(target, other));
  }
  return declared;
}

/** Two targets with the same variables would send the secrets of one to the other. */
function sameVariables({ name, place }: DeclaredTarget, other: DeclaredTarget): Finding {
  return {
    code: "KS1623",
    severity: "error",
    message: `targets "${other.name}" and "${name}" would read the same ${targetPrefix(name)}… variables`,
    at: spanOf(place, "key"),
    hint: "give one of them another name",
    related: { message: "the other one", at: spanOf(other.place, "key") },
  };
}

/** The variables that apply to a target. */
export function varsOn(
  target: DeclaredTarget | undefined,
  vars: ReadonlyMap<string, YamlPlace>,
): ReadonlyMap<string, YamlPlace> {
  return target === undefined ? vars : new Map([...vars, ...target.vars]);
}

/** All targets, each with its own variables; wrong fields are reported and left out. */
export function readTargetServers(
  targets: ReadonlyMap<string, DeclaredTarget>,
  {
    vars,
    allowed,
    contexts,
    report,
  }: {
    readonly vars: ReadonlyMap<string, YamlPlace>;
    readonly allowed: AllowedEnv;
    readonly contexts: Contexts;
    readonly report: Report;
  },
): ReadonlyMap<string, TargetServer> {
  // Each target needs only its own environment variables.
  const reportUnlessMissing: Report = (finding) => {
    if (finding.code !== "KS1101" && finding.code !== "KS1103") report(finding);
  };
  return new Map(
    [...targets].map(([name, target]) => {
      const { contextFor } = contexts(varsOn(target, vars), reportUnlessMissing);
      return [name, withoutForeign(readTargetServer(target, { contextFor }), target, { allowed, report })];
    }),
  );
}

function unknownInTarget(key: string, target: string): MeantKey | undefined {
  if (!isTellingName(key)) return meantNestedKey(key, Object.keys(targetSchema.properties));
  return {
    hint: `no secret stands in a file: set ${targetPrefix(target)}PASSWORD, or name a variable with passwordEnv`,
  };
}

function readTargetServer({ name, place, server }: DeclaredTarget, options: FieldsOptions): TargetServer {
  const { fields } = readFields(
    {
      places: server,
      at: place,
      pointer: pointerTo("targets", name),
      subject: "a target",
      schema: targetSchema,
      // A wrong value may be a password that was written here by mistake.
      hidden: ["/url", "/passwordEnv", "/tokenEnv", "/totpSecretEnv"],
      isShown: true,
      explainUnknown: (entry) => unknownInTarget(entry.name, name),
    },
    options,
  );
  return { ...fields, name };
}

const credentialFields = ["passwordEnv", "tokenEnv", "totpSecretEnv"] as const;

/** Variables with other names, such as a token of the CI system, must not be sent to a server that a file names. */
function withoutForeign(
  server: TargetServer,
  target: DeclaredTarget,
  { allowed, report }: { readonly allowed: AllowedEnv; readonly report: Report },
): TargetServer {
  const foreign = credentialFields.filter((field) => {
    const variable = server[field];
    return variable !== undefined && !allowed.credential(variable);
  });
  for (const field of foreign) {
    const place = target.server.get(field) ?? target.place;
    report({
      code: "KS1116",
      severity: "error",
      // Does not repeat the name, because it may be a password.
      message: `"${field}" names a variable that does not begin with KUMA_, and ${allowVariable} does not list it`,
      at: spanOf(place, "value"),
      pointer: pointerTo("targets", target.name, field),
      hint: `rename the variable so that it begins with KUMA_, or add it to ${allowVariable}`,
    });
  }
  const kept = Object.entries(server).filter(([field]) => !foreign.some((one) => one === field));
  return { ...Object.fromEntries(kept), name: server.name };
}
