/** General settings (docs/upstream/uptime-kuma.md#settings). */
import { isJsonObject } from "../../src/model/json.ts";
import type { Json } from "../../src/model/json.ts";
import type { FakeLogin } from "./fake-login.ts";
import { textOf } from "./fake-state.ts";
import type { FakeState } from "./fake-state.ts";

/** Rows of another type among the settings: what is sent for them is passed over. */
const notGeneral = ["jwtSecret", "initServerTimezone", "apiKeysEnabled", "cloudflaredTunnelToken"];

/** Merges by key: what is not sent stays, whatever is sent is stored, a zone that does not exist too. */
export function storeSettings(state: FakeState, login: FakeLogin, [data = null, password]: readonly Json[]): void {
  if (data === null) throw new TypeError("Cannot read properties of null (reading 'disableAuth')");
  if (!isJsonObject(data)) return;
  if (state.settings["disableAuth"] !== true && data["disableAuth"] === true) {
    if (typeof password !== "string") throw new Error("Wrong data type?");
    if (password !== login.user?.password) throw new Error("Incorrect current password");
  }
  for (const [key, value] of Object.entries(data)) {
    if (!notGeneral.includes(key)) state.settings[key] = structuredClone(value);
  }
  state.entryPage = data["entryPage"];
  const zone = data["serverTimezone"];
  if (zone && !isZone(textOf(zone))) throw new Error(`Invalid timezone:${textOf(zone)}`);
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).format() !== "";
  } catch {
    return false;
  }
}
