/** One response that the monitor is tried with. */
export interface ExperimentCase {
  readonly group:
    | "healthy"
    | "dead" // nothing of the service is there: must be down
    | "fault" // one thing differs from the sample: shows what is watched
    | "harmless" // the same in other words: must be up
    | "clock"; // the sample, later
  /** For people, such as `data[].id dropped`. */
  readonly name: string;
  readonly body: string;
  readonly contentType?: string;
  /** The status code of the response. Absent: one that the monitor accepts. */
  readonly status?: number;
  /** Of a fault: the changed place, without list indexes: `data[].id`. */
  readonly path?: string;
  /** The document holds an item twice that the query selects by its key. */
  readonly isKeyTwice?: true;
  /** Milliseconds to add to the frozen clock. */
  readonly later?: number;
}

export interface Sample {
  /** The raw text of a healthy response. */
  readonly body: string;
  /** Default: `application/json`. */
  readonly contentType?: string;
}
