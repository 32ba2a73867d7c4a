/**
 * Where the releases differ, as far as the fake goes (docs/upstream/uptime-kuma.md#limits,
 * docs/upstream/uptime-kuma.md#telling-releases-apart, docs/upstream/uptime-kuma.md#differences-between-releases).
 */
import type { JsonObject } from "../../src/model/json.ts";
import { isAtLeast, type Release } from "../../src/model/release.ts";

export const fakeVersions = [
  "1.23.17",
  "2.0.0-dev.0",
  "2.0.2",
  "2.1.0",
  "2.2.1",
  "2.5.3",
  "2.5.4",
  "3.0.0-beta.0",
] as const;
export type FakeVersion = (typeof fakeVersions)[number];

/** Those that log in over the socket. */
export const socketLoginVersions = fakeVersions.filter((version) => version !== "3.0.0-beta.0");

export interface Traits {
  readonly version: FakeVersion;
  /** 3.x: over HTTP, with a cookie for the socket. */
  readonly hasCookieLogin: boolean;
  /** 3.x on SQLite: its driver gives every number as a real, and a column of text makes "5.0" of 5. */
  readonly storesReals: boolean;
  /** Of the database schema. The branch 3.0.X has that of 2.4 (docs/upstream/uptime-kuma.md#uptime-kuma-3). */
  readonly release: Release;
  /** 1.23 and the npm package: English, answer to the login first, whole lists after each write, no `loginRequired`. */
  readonly isOld: boolean;
  /** From 2.1: field validation, pushes after tag changes, `deleteChildren`. */
  readonly isValidating: boolean;
  readonly hasDatabaseStep: boolean;
  readonly minInterval: number;
  readonly maxInterval: number;
  /** From 2.3 the `applyExisting` flag of a notification is reset in what is stored. */
  readonly resetsApplyExisting: boolean;
  readonly trimsUsername: boolean;
  /** The npm package forgets to await its question whether a monitor is active, so every edit resumes it. */
  readonly resumesOnEdit: boolean;
  /** Also of it: taking a tag off a monitor deletes every tag that no monitor has. */
  readonly sweepsTags: boolean;
  /** It also forgets to save two columns. */
  readonly forgottenInEdits: readonly string[];
}

export function traitsOf(version: FakeVersion): Traits {
  const isOld = version === "1.23.17" || version === "2.0.0-dev.0";
  const hasCookieLogin = version === "3.0.0-beta.0";
  const release = schemaOf(version);
  const isValidating = !isOld && release[1] >= 1;
  return {
    version,
    release,
    hasCookieLogin,
    storesReals: hasCookieLogin,
    isOld,
    isValidating,
    hasDatabaseStep: version !== "1.23.17",
    minInterval: isValidating ? 1 : 20,
    maxInterval: !isOld && release[1] >= 5 ? Number.POSITIVE_INFINITY : 2_073_600,
    resetsApplyExisting: !isOld && release[1] >= 3,
    trimsUsername: isValidating,
    resumesOnEdit: version === "2.0.0-dev.0",
    sweepsTags: version === "2.0.0-dev.0",
    forgottenInEdits: version === "2.0.0-dev.0" ? ["kafkaProducerSsl", "oauth_auth_method"] : [],
  };
}

function schemaOf(version: FakeVersion): Release {
  if (version === "1.23.17" || version === "2.0.0-dev.0") return [1, 23, 17];
  if (version === "3.0.0-beta.0") return [2, 4, 0];
  return version.split(".").map(Number) as [number, number, number];
}

/** `monitorTypeList`, as far as anything looks at it: the types that tell the newer schemas apart. */
export function monitorTypesOf(release: Release): JsonObject {
  const types = [
    "dns",
    ...(isAtLeast(release, [2, 5, 0]) ? ["ntp"] : []),
    ...(isAtLeast(release, [2, 5, 4]) ? ["sftp"] : []),
  ];
  return Object.fromEntries(
    types.map((type) => [type, { supportsConditions: type === "dns", conditionVariables: [] }]),
  );
}
