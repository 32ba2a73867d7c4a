/** What goes wrong on the way, on request. Events are counted from 1 per event name, over all sockets. */
import type { Json } from "../../src/model/json.ts";
import { writeEvents } from "../../src/model/kuma-client.ts";

export type StallPhase = "connect" | "login" | "lists";
/**
 * `delayAck`: done at once, answered late. `losePush`: done and answered, and what it changed is told to nobody. `stall`: the
 * server does nothing at all for a while, and then everything that came in the meantime, in order.
 */
export const faultKinds = ["dropAck", "delayAck", "disconnectBefore", "disconnectAfter", "losePush", "stall"] as const;
export type FaultKind = (typeof faultKinds)[number];

const writes = new Set<string>(writeEvents);

export class FakeFaults {
  readonly #planned = new Map<string, FaultKind | "refuse">();
  readonly #counts = new Map<string, number>();
  readonly #delays = new Map<string, number>();
  readonly #neverSent = new Set<string>();
  readonly #refusals = new Map<string, (args: readonly Json[]) => string>();
  #writeCount = 0;
  #holds: ((character: string) => boolean) | undefined;
  #resumed: Promise<void> = Promise.resolve();
  #isMuted = false;
  /** What the server says when it refuses. */
  reason = "";
  /** Milliseconds that `delayAck` and `stall` take. */
  pauseMs = 100;
  /** The phase in which the server goes silent, or undefined. */
  stalled: StallPhase | undefined;

  /** Does the nth such event and never answers it. */
  dropAck(event: string, nth: number): void {
    this.#planned.set(`${event} ${nth}`, "dropAck");
  }

  /** Does not do the nth such event, and says why. */
  refuse(event: string, nth: number, reason = "SQLITE_BUSY: database is locked"): void {
    this.#planned.set(`${event} ${nth}`, "refuse");
    this.reason = reason;
  }

  /** Cuts the socket instead of doing the nth such event. */
  disconnectBefore(event: string, nth: number): void {
    this.#planned.set(`${event} ${nth}`, "disconnectBefore");
  }

  /** Does the nth such event and cuts the socket instead of answering. */
  disconnectAfter(event: string, nth: number): void {
    this.#planned.set(`${event} ${nth}`, "disconnectAfter");
  }

  /** What goes wrong with the nth write from now on, whatever it is. */
  atWrite(nth: number, kind: FaultKind): void {
    this.#planned.set(`write ${this.#writeCount + nth}`, kind);
  }

  /** From now on says no to every such event, in words made of its arguments, as a failed statement comes back. */
  refuseAll(event: string, say: (args: readonly Json[]) => string): void {
    this.#refusals.set(event, say);
  }

  refusalOf(event: string): ((args: readonly Json[]) => string) | undefined {
    return this.#refusals.get(event);
  }

  /** From now on the database puts a question mark in place of each character that it does not hold, and says nothing. */
  holdOnly(holds: (character: string) => boolean): void {
    this.#holds = holds;
  }

  /** What the database makes of a value. */
  stored(value: Json): Json {
    const holds = this.#holds;
    if (holds === undefined) return value;
    if (typeof value === "string") return Array.from(value, (one) => (holds(one) ? one : "?")).join("");
    if (Array.isArray(value)) return value.map((item: Json) => this.stored(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.stored(item)]));
  }

  /** Forgets what was planned and has not happened, and the refusals. */
  clear(): void {
    this.#planned.clear();
    this.#refusals.clear();
  }

  /** How many writes came. */
  get writeCount(): number {
    return this.#writeCount;
  }

  /** From now on nothing is looked at for `pauseMs`. */
  stall(): void {
    this.#resumed = this.#resumed.then(() => new Promise((resolve) => setTimeout(resolve, this.pauseMs)));
  }

  /** Resolves when the server is not stalled. */
  get resumed(): Promise<void> {
    return this.#resumed;
  }

  /** Runs `change` without a word to anybody. */
  mute<Result>(change: () => Result): Result {
    this.#isMuted = true;
    try {
      return change();
    } finally {
      this.#isMuted = false;
    }
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
    return !this.#isMuted && !this.#neverSent.has(push);
  }

  delayOf(event: string): number {
    return this.#delays.get(event) ?? 0;
  }

  /** Counts the event, and gives what is to go wrong with it. */
  next(event: string): FaultKind | "refuse" | undefined {
    const count = (this.#counts.get(event) ?? 0) + 1;
    this.#counts.set(event, count);
    if (writes.has(event)) this.#writeCount += 1;
    const ofWrite = writes.has(event) ? this.#planned.get(`write ${this.#writeCount}`) : undefined;
    return ofWrite ?? this.#planned.get(`${event} ${count}`);
  }
}
