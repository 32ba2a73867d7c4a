import { configureGlobal } from "fast-check";

/**
 * The same commit gives the same verdict: whoever sends a change is not told about a law that was broken before it. New
 * seeds look for that: `KUMA_SYNC_SEED=random npm test`, or a number that a failure printed.
 */
const wanted = process.env["KUMA_SYNC_SEED"] ?? "20261123";
if (wanted !== "random") configureGlobal({ seed: Number(wanted) });
