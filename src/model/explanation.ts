/** What `explain` says of something that is not a code: a list of names, or the fields of one thing. */
import type { Json, JsonObject } from "./json.ts";

export interface Explanation {
  /** The words that explain the same again: `types`, `http`, `monitor smtp`. */
  readonly topic: string;
  /** One or two sentences. */
  readonly summary: string;
  /** Fields in groups, each under its heading. */
  readonly sections: readonly ExplainedSection[];
  /** As YAML, in a configuration. */
  readonly example?: JsonObject;
  /** Where there is more: a command, or a page of the documentation. */
  readonly more: readonly string[];
}

export interface ExplainedSection {
  readonly heading: string;
  readonly entries: readonly ExplainedEntry[];
}

export interface ExplainedEntry {
  readonly name: string;
  /** What it takes: `whole number, 0 or more`. Absent in lists of names. */
  readonly type?: string;
  readonly isRequired?: true;
  /** As it is written. */
  readonly default?: string;
  /** The first release of Uptime Kuma that has it; absent: 1.23 has it. */
  readonly since?: string;
  /** Its name on the server, if that is another one. */
  readonly kuma?: string;
  readonly description: string;
  readonly example?: Json;
}
