/** The statistics behind the charts, from 2.0 on: by minute, hour or day, newest first. */
import type { Json } from "../../src/model/json.ts";
import type { FakeState } from "./fake-state.ts";

export function chartData(state: FakeState, id: Json | undefined, period: Json | undefined): Json {
  if (typeof period !== "number") throw new TypeError("Invalid period.");
  const step = period <= 24 ? 60 : period <= 720 ? 3600 : 86_400;
  const buckets = new Map<number, { up: number; down: number }>();
  for (const { status, time } of (state.beats.get(Number(id)) ?? []).toReversed()) {
    const at = Math.floor(Date.parse(`${time.replace(" ", "T")}Z`) / 1000 / step) * step;
    const bucket = buckets.get(at) ?? { up: 0, down: 0 };
    buckets.set(at, bucket);
    if (status === 1 || status === 3) bucket.up += 1;
    else bucket.down += 1;
  }
  const newest = Math.max(0, ...buckets.keys());
  const told = [...buckets].map(([timestamp, counts]) => ({
    ...counts,
    avgPing: 0,
    minPing: 0,
    maxPing: 0,
    timestamp,
  }));
  // The server makes an empty bucket a year ago when it looks a monitor up for the first time.
  const empty = { up: 0, down: 0, avgPing: 0, minPing: 0, maxPing: 0, timestamp: newest - 365 * 86_400 };
  return step === 86_400 ? [...told, empty] : told;
}
