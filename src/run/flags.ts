/** The flags that several commands share, as commands see them. */
import type { OutputFormat } from "../output/report-format.ts";
import type { ColorMode } from "../output/style.ts";

export interface FormatFlag {
  readonly format: OutputFormat;
}

export interface OutputFlags extends FormatFlag {
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color: ColorMode;
}

/** For commands that read variables. */
export interface EnvFileFlag {
  /** Files of variables, `-` for stdin; later ones win. */
  readonly envFile?: readonly string[];
}

export interface ConfigFlags extends EnvFileFlag {
  readonly file?: readonly string[];
  /** The arguments, where a command takes files as such: they mean the same as `file`. */
  readonly files?: readonly string[];
  readonly var?: Readonly<Record<string, string>>;
  /** Folders whose files the configuration may name, beside its own. */
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

/** Which of the configuration's servers: one. */
export interface TargetFlag {
  readonly target?: readonly string[];
}

/** Any number of them. */
export interface TargetFlags extends TargetFlag {
  readonly allTargets?: boolean;
}

export interface ReportFlags {
  /** As they were given: `markdown=plan.md`. */
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
  /** What is read after the last write: what may have changed, or everything. */
  readonly verify: "changes" | "full";
  readonly autoApprove?: boolean;
  /** Milliseconds, or true for the usual time. */
  readonly wait?: number | true;
}

/** The flags of `plan`. */
export interface PlanFlags extends ConfigFlags, OutputFlags, ReportFlags, ServerFlags, ScopeFlags, TargetFlags {
  readonly detailedExitcode?: boolean;
  readonly full?: boolean;
  /** Where the plan is kept, to be applied as it is. */
  readonly out?: string;
  /** A snapshot to plan against, instead of the server. */
  readonly against?: string;
  /** With `against`: values that come from outside are compared too. */
  readonly withSecrets?: boolean;
}
