/** The `openWebUI` block as the user writes it, after interpolation and valid by `openWebUISchema`. */
import type { JsonObject } from "../../../model/json.ts";

export interface WrittenOpenWebUI {
  readonly url: string;
  readonly name?: string;
  readonly version?: string;
  readonly apiKey?: string;
  readonly apiKeyHeader?: string;
  readonly ready?: boolean;
  readonly database?: boolean;
  readonly volume?: boolean;
  readonly models?: readonly (string | WrittenModel)[];
  /** By model id, or `*` for all. `false` means no completion. */
  readonly completions?: false | Readonly<Record<string, false | WrittenCompletion>>;
  /** By monitor key without the key of the block, or by a pattern with `*`. `false` leaves the monitor out. */
  readonly overrides?: Readonly<Record<string, false | JsonObject>>;
}

export interface WrittenModel {
  readonly id: string;
  readonly key?: string;
  readonly provider?: Provider;
  readonly reasoning?: boolean;
}

/** `none`: no provider lists it (a pipe function, a preset), so only the account's list shows it. */
export const providers = ["openai", "ollama", "none"] as const;
export type Provider = (typeof providers)[number];

export interface WrittenCompletion {
  readonly interval?: number | string;
  readonly timeout?: number | string;
  readonly maxTokens?: number;
}
