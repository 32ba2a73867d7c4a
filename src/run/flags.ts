/** The flags that several commands share, as commands get them. */
import type { OutputFormat } from "../output/report-format.ts";
import type { ColorMode } from "../output/style.ts";

export interface FormatFlag<Format extends string = OutputFormat> {
  readonly format: Format;
}

/** A command whose result is no document has formats of its own. */
export interface OutputFlags<Format extends string = OutputFormat> extends FormatFlag<Format> {
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color: ColorMode;
}

/** For commands that read variables. */
export interface EnvFileFlag {
  /** Files with variables, `-` for stdin. Later files take precedence. */
  readonly envFile?: readonly string[];
}

export interface ConfigFlags extends EnvFileFlag {
  readonly file?: readonly string[];
  /** Arguments that are files; they mean the same as `file`. */
  readonly files?: readonly string[];
  readonly var?: Readonly<Record<string, string>>;
  /** Folders whose files the configuration may read, besides its own folder. */
  readonly fileRoot?: readonly string[];
}

/** For commands that need no secret. */
export interface SecretsFlag {
  readonly withSecrets?: boolean;
}

export interface ServerFlags extends EnvFileFlag {
  readonly url?: string;
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly ca?: string;
  readonly insecure?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
  /** False with --no-input. */
  readonly input: boolean;
}

/** For commands that work on one server of the configuration. */
export interface TargetFlag {
  readonly target?: readonly string[];
}

/** For commands that work on any number of servers. */
export interface TargetFlags extends TargetFlag {
  readonly allTargets?: boolean;
}

export interface ReportFlags {
  /** As given: `markdown=plan.md`. */
  readonly report?: readonly string[];
}

/** What a plan may contain. */
export interface ScopeFlags {
  readonly allowDeletes: number;
  readonly allowBulk?: boolean;
  readonly allowEmpty?: boolean;
  readonly allowSharedChanges?: boolean;
  readonly adopt?: boolean;
  readonly takeover?: boolean;
  readonly resolveDuplicates?: boolean;
  readonly notRenamed?: boolean;
  /** False with --no-deletes. */
  readonly deletes: boolean;
  /** False with --no-test. */
  readonly test?: boolean;
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
}

export interface ApplyFlags extends ScopeFlags {
  readonly onError: "continue" | "stop";
  /** What is read after the last write: only what may have changed, or everything. */
  readonly verify: "changes" | "full";
  readonly autoApprove?: boolean;
  /** Milliseconds; true for the default. */
  readonly wait?: number | true;
}

/** The flags of `plan`. */
export interface PlanFlags extends ConfigFlags, OutputFlags, ReportFlags, ServerFlags, ScopeFlags, TargetFlags {
  readonly detailedExitcode?: boolean;
  readonly full?: boolean;
  /** The file in which the plan is saved. */
  readonly out?: string;
  /** A snapshot to plan against, instead of the server. */
  readonly against?: string;
  /** With `against`: also compares values of `${env:…}` and `${file:…}`. */
  readonly withSecrets?: boolean;
}
