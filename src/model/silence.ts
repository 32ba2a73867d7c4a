/** A time without alarms that a person or a pipeline has asked for: a maintenance of Uptime Kuma that ends by itself. */
export interface Silence {
  /** Chosen by whoever asked for it, or eight random hexadecimal digits. */
  readonly id: string;
  /** The title of the maintenance. */
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  /** `ended`: the time is over, or somebody stopped it. */
  readonly state: "running" | "ended";
  /** Keys of the project's monitors that are silent, those below a silenced group included. */
  readonly monitors: readonly string[];
}
