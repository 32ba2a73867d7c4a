/**
 * Maintenances. They have no place for a marker; the project's ledger has their ids, and their title identifies them
 * otherwise.
 */
import type { DesiredEntity, KumaId } from "../model/entity.ts";
import { InternalError } from "../model/errors.ts";
import { pointerParts, type JsonObject } from "../model/json.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { assertMonitors } from "./assert-monitors.ts";
import { toNumber } from "./codecs/number.ts";
import { toText } from "./codecs/text.ts";
import type { IdOf } from "./field.ts";
import type { Kind, Variant, WriteContext } from "./kind.ts";
import { maintenanceFields } from "./maintenance/maintenance-fields.ts";
import { maintenancePayload } from "./maintenance/maintenance-payload.ts";
import { maintenanceRows } from "./maintenance/read-maintenances.ts";
import { toPayload } from "./spec.ts";

const maintenanceVariant: Variant = {
  type: undefined,
  summary: "A time in which monitors are not checked and no notifications are sent.",
  isOpen: false,
  fields: maintenanceFields,
  required: ["strategy"],
  nameOf: ({ title }, key) => toText(title) ?? key,
  nameField: "title",
  leftOut: {
    type: 'write it as "strategy"',
    dateRange: 'write it as "start" and "end"',
    durationMinutes: 'write it as "duration", for example 90m',
    intervalDay: 'write it as "intervalDays"',
    timezoneOption: 'write it as "timezone"',
  },
  example: {
    title: "Backups",
    strategy: "recurring-weekday",
    weekdays: ["sat", "sun"],
    timeRange: "22:00-02:00",
    timezone: "Europe/Berlin",
    monitors: ["api"],
  },
};

export const maintenance: Kind = {
  name: "maintenance",
  section: "maintenance",
  list: "maintenanceList",
  variants: [maintenanceVariant],
  variant: () => maintenanceVariant,
  derivedKeys: new Set(["id", "dateRange", "timeslotList", "duration", "timezone", "timezoneOffset", "status"]),
  rows: maintenanceRows,
  create: async (context, entity) => {
    const { client } = context;
    // Resolved before the create, because an unknown reference would leave a maintenance that covers nothing.
    const covered = await coverageOf(context, entity);
    const { maintenanceID } = await client.write("addMaintenance", maintenancePayload(fieldsOf(context, entity)));
    const id = toNumber(maintenanceID);
    if (id === null) throw new InternalError("the server created a maintenance and did not say its id");
    if (covered.monitors.length > 0) await client.write("addMonitorMaintenance", id, covered.monitors);
    if (covered.statusPages.length > 0) await client.write("addMaintenanceStatusPage", id, covered.statusPages);
    if (entity.spec["active"] !== true) await client.write("pauseMaintenance", id);
    return id;
  },
  update: async (context, { entity, observed, changes }) => {
    const { client } = context;
    const { id, row } = observed;
    const changed = new Set(changes.map(({ path }) => pointerParts(path)[0]));
    const isEdited = [...changed].some((name) => name !== "active" && !isLink(name));
    const isActive = entity.spec["active"] === true;
    const covered = await coverageOf(context, entity);

    if (isEdited) await client.write("editMaintenance", maintenancePayload(fieldsOf(context, entity), { id, row }));
    else if (changed.has("active") && isActive) await client.write("resumeMaintenance", id);
    // An edit also starts the timer of a paused maintenance.
    if (!isActive && (isEdited || changed.has("active"))) await client.write("pauseMaintenance", id);
    if (changed.has("monitors")) await client.write("addMonitorMaintenance", id, covered.monitors);
    if (changed.has("statusPages")) await client.write("addMaintenanceStatusPage", id, covered.statusPages);
  },
  remove: async ({ client }, { id }) => {
    await client.write("deleteMaintenance", id);
  },
};

function isLink(name: string | undefined): boolean {
  return name === "monitors" || name === "statusPages";
}

function fieldsOf(
  { client, idOf }: { readonly client: KumaClient; readonly idOf: IdOf },
  { spec }: DesiredEntity,
): JsonObject {
  return toPayload(maintenanceVariant, spec, idOf, client.server.capabilities.release);
}

interface Coverage {
  readonly monitors: readonly { readonly id: KumaId }[];
  readonly statusPages: readonly { readonly id: KumaId }[];
}

/** In the form of the two events, each of which replaces everything that was covered. */
async function coverageOf({ client, idOf }: WriteContext, { spec }: DesiredEntity): Promise<Coverage> {
  const idsIn = (name: "monitors" | "statusPages"): { readonly id: KumaId }[] => {
    const set = maintenanceFields[name]?.codec.toKuma(spec[name] ?? [], idOf) ?? {};
    return Object.keys(set as JsonObject).map((id) => ({ id: Number(id) }));
  };
  const monitors = idsIn("monitors");
  await assertMonitors(
    client,
    monitors.map(({ id }) => id),
  );
  return { monitors, statusPages: idsIn("statusPages") };
}
