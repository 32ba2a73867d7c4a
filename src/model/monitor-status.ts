/** How a monitor is at a moment, as `status` and the wait for first heartbeats show it. */

export const monitorStates = ["down", "none", "pending", "maintenance", "paused", "up"] as const;
/** `none`: no heartbeat yet. */
export type MonitorState = (typeof monitorStates)[number];

export interface MonitorStatus {
  readonly key: string;
  readonly id: number;
  readonly name: string;
  readonly state: MonitorState;
  readonly message: string;
  /** Milliseconds, of the last check. */
  readonly ping?: number;
  /** Milliseconds, the mean of 24 hours. */
  readonly averagePing?: number;
  /** 0 to 1. */
  readonly uptime24h?: number;
  readonly uptime30d?: number;
  /**
   * ISO 8601, UTC: the first check of this state; `isOlder`: the state may have begun earlier; the server did not send
   * those checks.
   */
  readonly since?: { readonly time: string; readonly isOlder: boolean };
}
