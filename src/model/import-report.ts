/** What an import wrote, what is left to set, and what YAML cannot express. */
import type { KindName, KumaId } from "./entity.ts";

export interface ImportReport {
  readonly project: string;
  /** Paths of what was written; none when the text went to stdout. */
  readonly files: readonly string[];
  readonly secretsFile?: string;
  readonly entities: Readonly<Partial<Record<KindName, number>>>;
  /** Names of variables that hold secrets. */
  readonly env: readonly string[];
  readonly notRepresented: readonly {
    readonly kind: KindName;
    readonly id: KumaId;
    readonly name: string;
    readonly field?: string;
    readonly reason: string;
  }[];
  readonly foreign: readonly { readonly project: string; readonly count: number }[];
}
