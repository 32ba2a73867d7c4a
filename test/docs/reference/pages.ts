/** The pages of docs/reference/, from the literals that the program itself goes by. */
import { configSchema } from "../../config/config-schema.ts";
import { configurationPage } from "./configuration-page.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { kindsPage } from "./kinds-page.ts";
import { monitorTypesPage } from "./monitor-types-page.ts";
import { notificationsPage } from "./notifications-page.ts";

/** By file name. */
export function referencePages(): Readonly<Record<string, string>> {
  return {
    "configuration.md": configurationPage(configSchema(kinds), kinds),
    "kinds.md": kindsPage(kinds),
    "monitor-types.md": monitorTypesPage(kinds),
    "notifications.md": notificationsPage(kinds),
  };
}
