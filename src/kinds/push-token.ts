import { randomBytes } from "node:crypto";
import { isAtLeast, type Release } from "../model/release.ts";

/**
 * The secret part of a push URL. The server never makes one (docs/upstream/uptime-kuma.md#fields-of-a-monitor
 * `pushToken`). Its column is 32 characters wide from 2.0 on, 20 before (uptime-kuma db/knex_migrations,
 * push-token-to-32).
 */
export function newPushToken(release: Release): string {
  return randomBytes(isAtLeast(release, [2, 0, 0]) ? 16 : 10).toString("hex");
}
