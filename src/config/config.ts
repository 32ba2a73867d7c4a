/** What goes into the configuration stage and what comes out of it. */
import type { Variant } from "../kinds/kind.ts";
import type { EntityKey, KindName, Lifecycle, Move, Policy } from "../model/entity.ts";
import type { Finding } from "../model/finding.ts";
import type { JsonObject, JsonPointer } from "../model/json.ts";
import type { OpenWebUIInstance } from "../services/open-webui/rules/asked-monitor.ts";
import type { MonitorTests } from "./sections/monitor-tests.ts";
import type { Place } from "./source/positions.ts";
import type { TargetServer } from "./sections/target-server.ts";

/**
 * What becomes of the values of `${env:…}` and `${file:…}`. `real`: they are read and used. `withheld`: they are not read, and
 * placeholders stand for them. `hidden`: placeholders again, but the values are read to be hidden in what a server says.
 */
export type SecretUse = "real" | "withheld" | "hidden";

/** Everything the outside world contributes to a configuration. */
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
  readStdin(): Promise<string>;
}

export interface Config {
  /** By place. With an error among them the rest must not be used. */
  readonly findings: readonly Finding[];
  /** Texts by the file names that findings show, for code frames. */
  readonly sources: ReadonlyMap<string, string>;
  /** Every value that came from `${env:}` or `${file:}`: what no output may hold. */
  readonly secrets: readonly string[];
  /** Empty when it is missing or wrong, which is an error. */
  readonly project: string;
  /** In the order of the files. */
  readonly entities: readonly WrittenEntity[];
  /** The instances that have a block, with the release that it names. */
  readonly openWebUI: readonly OpenWebUIInstance[];
  readonly moves: readonly Move[];
  readonly policy: Policy;
  /** By name, in the order of the files. */
  readonly targets: ReadonlyMap<string, TargetServer>;
  /** The name of the one that the rest is for; undefined when none was chosen. */
  readonly target?: string;
}

/** An entity as the user wrote it, valid by its variant's schema: invalid fields have a finding and are left out. */
export interface WrittenEntity {
  readonly key: EntityKey;
  readonly kind: KindName;
  readonly variant: Variant;
  readonly name: string;
  /** The fields under the entity's own key laid over `defaults`; `type` is not among them. */
  readonly written: JsonObject;
  /** Places in `written` whose value came from outside. */
  readonly secrets: readonly JsonPointer[];
  /** Present when no value was read: all of `secrets` are placeholders then. */
  readonly withheld?: Withheld;
  readonly lifecycle: Lifecycle;
  /** `sample:` and `tests:`, which are no fields. */
  readonly tests?: MonitorTests;
  readonly place: Place;
  /** Where the fields that come from `defaults` are written. */
  readonly defaults: ReadonlyMap<string, Place>;
  /** JSON pointer to the entity in the configuration: `/monitors/api`. */
  readonly pointer: JsonPointer;
  /**
   * Where values come from that do not stand with the entity: those that a target lays over it, and all of a monitor made
   * from an `openWebUI` block, for which `""` is the whole.
   */
  readonly origins?: ReadonlyMap<JsonPointer, Origin>;
}

export interface Withheld {
  readonly pointers: readonly JsonPointer[];
  /** Those whose placeholder was chosen to fit the field. */
  readonly assumed: readonly JsonPointer[];
}

/** A place in the files for a value that stands somewhere else than it is used. */
export interface Origin {
  readonly place: Place;
  readonly pointer: JsonPointer;
}
