/** What goes into the configuration stage and what comes out of it. */
import type { Variant } from "../kinds/kind.ts";
import type { EntityKey, KindName, Lifecycle, LoopKeys, Move, Policy } from "../model/entity.ts";
import type { Finding } from "../model/finding.ts";
import type { JsonObject } from "../model/json.ts";
import type { ServiceType } from "../services/services.ts";
import type { Selection } from "./selectors/selection.ts";
import type { MonitorTests } from "./sections/monitor-tests.ts";
import type { Silencing } from "./silencing/silencing.ts";
import type { ConfigVariable } from "./values/variables.ts";
import type { Provenance } from "./values/provenance.ts";
import type { TargetServer } from "./sections/target-server.ts";

/**
 * How the values of `${env:…}` and `${file:…}` are treated. `real`: they are read and used. `withheld`: they are not
 * read, and placeholders stand for them. `hidden`: placeholders again, but the values are read so that they can be
 * redacted from the server's messages.
 */
export type SecretUse = "real" | "withheld" | "hidden";

/** Everything outside the files that a configuration depends on. */
export interface ConfigSource {
  /** Files, folders, globs and `-`; empty means `monitors.yaml` in `cwd`. */
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders whose files the configuration may name, beside its own; relative to `cwd`. */
  readonly fileRoots?: readonly string[];
  /** Default: `real`. */
  readonly secrets?: SecretUse;
  /** From `--var`; they win over `vars:`. */
  readonly vars: Readonly<Record<string, string>>;
  /** Whose variables and overrides count; without it those of the only target there is, if there is one. */
  readonly target?: string;
  /** In place of what the files hold, by the names that findings have for them: repaired texts that are not written yet. */
  readonly texts?: ReadonlyMap<string, string>;
  readStdin(): Promise<string>;
}

export interface Config {
  /** Sorted by place. If one of them is an error, the rest of the configuration must not be used. */
  readonly findings: readonly Finding[];
  /** Texts by the file names that findings show, for code frames. */
  readonly sources: ReadonlyMap<string, string>;
  /** Every value that came from `${env:}` or `${file:}`: what no output may hold. */
  readonly secrets: readonly string[];
  /** Empty when it is missing or wrong, which is an error. */
  readonly project: string;
  /** In the order of the files. */
  readonly entities: readonly DeclaredEntity[];
  /** What is watched by a block. */
  readonly services: readonly DeclaredService[];
  readonly moves: readonly Move[];
  readonly loops: readonly LoopKeys[];
  readonly policy: Policy;
  /** Has been applied to `findings`; for those that come later, of a server or of a test. */
  readonly silencing: Silencing;
  /** What `${var:…}` stands for: those of the files, of the target and of `--var`. */
  readonly vars: ReadonlyMap<string, ConfigVariable>;
  /** By name, in the order of the files. */
  readonly targets: ReadonlyMap<string, TargetServer>;
  /** The name of the one that the rest is for; undefined when none was chosen. */
  readonly target?: string;
}

export interface DeclaredService {
  readonly key: string;
  readonly type: ServiceType;
  /** Its block without `type`, valid by the schema of the type; it may hold secrets. */
  readonly written: JsonObject;
}

/**
 * An object of the configuration, valid by the schema of its variant: invalid fields have a finding and are left out.
 */
export interface DeclaredEntity {
  readonly key: EntityKey;
  readonly kind: KindName;
  readonly variant: Variant;
  readonly name: string;
  /** The keys that are no fields, as they are written: how it may change and go, its samples and tests. */
  readonly beside: JsonObject;
  /** As written, with `defaults` laid under and the target's override laid over; `type` is not among them. */
  readonly written: JsonObject;
  /**
   * What is compared with a server that has every field: defaults filled in, durations in seconds, references as keys.
   */
  readonly canonical: JsonObject;
  /** Of the values in `written`, and under `""` of the object itself. */
  readonly provenance: Provenance;
  readonly lifecycle: Lifecycle;
  /** `sample:` and `tests:`, which are not fields. */
  readonly tests?: MonitorTests;
  /** What `select` brought into its lists, where it has any; the lists in `written` and `canonical` are complete. */
  readonly selections?: readonly Selection[];
}
