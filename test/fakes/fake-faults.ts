/** What goes wrong on the way, on request. Events are counted from 1 per event name, over all sockets. */

export type StallPhase = "connect" | "login" | "lists";
export type FaultKind = "dropAck" | "disconnectBefore" | "disconnectAfter";

export class FakeFaults {
  readonly #planned = new Map<string, FaultKind>();
  readonly #counts = new Map<string, number>();
  readonly #delays = new Map<string, number>();
  readonly #neverSent = new Set<string>();
  /** The phase in which the server goes silent, or undefined. */
  stalled: StallPhase | undefined;

  /** Does the nth such event and never answers it. */
  dropAck(event: string, nth: number): void {
    this.#planned.set(`${event} ${nth}`, "dropAck");
  }

  /** Cuts the socket instead of doing the nth such event. */
  disconnectBefore(event: string, nth: number): void {
    this.#planned.set(`${event} ${nth}`, "disconnectBefore");
  }

  /** Does the nth such event and cuts the socket instead of answering. */
  disconnectAfter(event: string, nth: number): void {
    this.#planned.set(`${event} ${nth}`, "disconnectAfter");
  }

  /** Milliseconds before every such event is looked at; also for `autoLogin`, the look at that setting, and for `lists`. */
  delay(event: string, ms: number): void {
    this.#delays.set(event, ms);
  }

  stallPhase(phase: StallPhase | undefined): void {
    this.stalled = phase;
  }

  /** Leaves out this push, for example `notificationList`. */
  neverSend(push: string): void {
    this.#neverSent.add(push);
  }

  isSent(push: string): boolean {
    return !this.#neverSent.has(push);
  }

  delayOf(event: string): number {
    return this.#delays.get(event) ?? 0;
  }

  /** Counts the event, and gives what is to go wrong with it. */
  next(event: string): FaultKind | undefined {
    const count = (this.#counts.get(event) ?? 0) + 1;
    this.#counts.set(event, count);
    return this.#planned.get(`${event} ${count}`);
  }
}
