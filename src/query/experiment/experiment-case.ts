/** One response that the monitor is tried on. */
export interface ExperimentCase {
  readonly group:
    | "healthy"
    | "dead" // nothing of the service is there: must be down
    | "fault" // one thing differs from the sample: shows what is watched
    | "harmless" // the same in other words: must be up
    | "clock"; // the sample, later
  /** For people: `data[].id dropped`. */
  readonly name: string;
  readonly body: string;
  readonly contentType?: string;
  /** The response's status code; absent: one that the monitor accepts, as the sample's. */
  readonly status?: number;
  /** Of a fault: the place that differs, lists without index: `data[].id`. */
  readonly path?: string;
  /** An item that the query picks by its key is there twice. */
  readonly isKeyTwice?: true;
  /** Milliseconds added to the frozen clock. */
  readonly later?: number;
}

export interface Sample {
  /** The raw text of a healthy response. */
  readonly body: string;
  /** Default: `application/json`. */
  readonly contentType?: string;
}
