import type { Area } from "../area.ts";
import { events } from "./events.ts";
import { formChanges } from "./form-changes.ts";
import { formDefaults } from "./form-defaults.ts";
import { jsonata } from "./jsonata.ts";
import { limits } from "./limits.ts";
import { migrations } from "./migrations.ts";
import { monitorKeys } from "./monitor-keys.ts";
import { monitorTypes } from "./monitor-types.ts";
import { providerSettings } from "./provider-settings.ts";
import { providers } from "./providers.ts";
import { pushes } from "./pushes.ts";
import { routes } from "./routes.ts";

/** What is compared, in the order of the checklist. A new subject is a file here and a line. */
export const areas: readonly Area[] = [
  monitorTypes,
  monitorKeys,
  formDefaults,
  formChanges,
  providers,
  providerSettings,
  events,
  pushes,
  routes,
  migrations,
  jsonata,
  limits,
];
