/** The block of an Open WebUI as the user writes it, after interpolation and valid by its schema. */
import type { CommonKeys } from "../../blocks/common-keys.ts";
import type { WrittenCompletions } from "../../blocks/completions.ts";

export interface WrittenOpenWebUI extends CommonKeys {
  readonly url: string;
  readonly version?: string;
  readonly apiKey?: string;
  readonly apiKeyHeader?: string;
  readonly ready?: boolean;
  readonly database?: boolean;
  readonly volume?: boolean;
  readonly models?: readonly (string | WrittenModel)[];
  readonly completions?: WrittenCompletions;
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
