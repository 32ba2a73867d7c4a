import { serverRules } from "../../../src/query/server-rules.ts";
import { compareVersions, newestTestedVersion } from "../../../src/model/release.ts";
import type { Area } from "../area.ts";
import { jsonOf, UnreadableError, type Checkout } from "../checkout.ts";

/** The release of jsonata that the lock file names. */
export const jsonata: Area = {
  id: "jsonata",
  title: "Release of jsonata",
  hasKnown: false,
  todo: "a row in src/query/server-rules.ts, and a generation in src/query/engines.ts if its results differ",
  read: (checkout) => {
    const path = checkout.has(lock) ? lock : "package.json";
    const value = path === lock ? lockedVersion(checkout) : wantedRange(checkout);
    return [{ name: "jsonata", value, place: path }];
  },
  expect: (version) => {
    const known = compareVersions(version, newestTestedVersion) > 0 ? newestTestedVersion : version;
    return [{ name: "jsonata", value: serverRules(known).lockedEngine, use: "src/query/server-rules.ts" }];
  },
};

const lock = "package-lock.json";

function lockedVersion(checkout: Checkout): string {
  const { packages } = jsonOf(checkout.file(lock));
  const entry = (packages as Readonly<Record<string, { version?: unknown }>> | undefined)?.["node_modules/jsonata"];
  if (typeof entry?.version !== "string") throw new UnreadableError(`${lock} has no node_modules/jsonata`);
  return entry.version;
}

/** A published package has no lock file. */
function wantedRange(checkout: Checkout): string {
  const { dependencies } = jsonOf(checkout.file("package.json"));
  const range = (dependencies as Readonly<Record<string, unknown>> | undefined)?.["jsonata"];
  if (typeof range !== "string") throw new UnreadableError("package.json does not depend on jsonata");
  return range;
}
