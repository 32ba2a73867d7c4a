import { readFileSync } from "node:fs";

/** A case with the first heartbeat of real servers (meta.how in the file tells how they were made). */
export interface Vector {
  readonly id: string;
  readonly query: string | null;
  readonly operator: string | null;
  readonly expected: string | null;
  readonly response: string;
  readonly content_type?: string;
  /** The message quotes V8, whose wording differs between releases of Node. */
  readonly engine_message?: boolean;
  readonly verdict: Readonly<Record<string, { readonly status: "UP" | "DOWN"; readonly message: string }>>;
}

const file = new URL("../vectors/jsonata-vectors.json", import.meta.url);

export const vectors: readonly Vector[] = (JSON.parse(readFileSync(file, "utf8")) as { readonly vectors: Vector[] })
  .vectors;
export const vectorServers = ["1.23.17", "2.0.0-dev.0", "2.0.0", "2.5.3", "2.5.4"] as const;
