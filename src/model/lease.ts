/** Who may write a project on a server at the moment. */

/** Plain ASCII without secrets, because everyone who can read the server's settings sees it. */
export interface LeaseHolder {
  readonly host: string;
  readonly pid: number;
  /** The CI job, or the user. */
  readonly name: string;
  /** When the run took the lease by its own clock, ISO 8601, UTC. Shown, never compared. */
  readonly since: string;
}

/** Another run has the lease and did not release it while this run waited. */
export interface LeaseHeld {
  /** Undefined where the record does not name it. */
  readonly holder: LeaseHolder | undefined;
  /** How long this run has watched, milliseconds. */
  readonly watchedMs: number;
}
