/**
 * What the monitors of a service's block see, as data: the table of its page is made from it, `explain` shows it, and a
 * test holds it to the answers that a real server gave in each state.
 */
export interface ServiceClaims {
  /** The server that was run, healthy and broken on purpose: `Ollama 0.17.4`. */
  readonly ran: string;
  /** By the first part of a monitor's key: `health`, `model`, `completion`. In the order of the levels. */
  readonly checks: Readonly<Record<string, ClaimedCheck>>;
  readonly states: readonly ClaimedState[];
  /** What one has to know beside the table. Markdown, a paragraph each; plain words. */
  readonly notes: readonly string[];
}

export interface ClaimedCheck {
  /** 1: the process answers. 2: what it needs is there. 3: it does its work. */
  readonly level: 1 | 2 | 3;
  /** What it asks, in a few words. */
  readonly asks: string;
  /** What an up proves. */
  readonly proves: string;
  /** The names of the recorded requests that are the same as its own. */
  readonly samples: readonly string[];
  /** What it costs, beside the request: tokens, a write, memory. */
  readonly cost?: string;
}

export interface ClaimedState {
  /** As the recorded answers name it. */
  readonly id: string;
  /** What was done to the server. */
  readonly about: string;
  /** The checks that go down. All others stay up although something is wrong, except in a healthy state. */
  readonly seenBy: readonly string[];
  /** Whether the service works: every check is up. */
  readonly isHealthy?: true;
  /** Checks of which there is no recorded answer in this state. They are in no list of what is seen. */
  readonly untried?: readonly string[];
}
