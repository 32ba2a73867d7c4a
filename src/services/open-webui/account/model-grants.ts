/**
 * Who may read a model. Until 0.7, a row has an `access_control` tree, in which null means everybody; from 0.8.0 on it
 * has a flat list of grants. A write replaces all of it, so the existing grants are merged first
 * (docs/upstream/open-webui.md#setting-up-an-account).
 */
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { holds } from "../facts/facts-by-release.ts";
import type { AccountApi } from "./admin-api.ts";
import { memberText } from "./admin-api.ts";

/** Undefined if the model was never opened in the settings; only administrators then see it. */
export async function readModelRow(admin: AccountApi, id: string): Promise<JsonObject | undefined> {
  const row = await admin.getUnlessMissing(`/api/v1/models/model?id=${encodeURIComponent(id)}`);
  return isJsonObject(row) ? row : undefined;
}

/** Whether one of the groups, or everybody, may read the model. */
export function mayRead(row: JsonObject, groups: ReadonlySet<string>, version: string | undefined): boolean {
  if (usesGrants(version)) {
    return grantsOf(row).some(
      (grant) =>
        grant["permission"] === "read" &&
        (grant["principal_type"] === "group"
          ? groups.has(memberText(grant, "principal_id"))
          : grant["principal_id"] === "*"),
    );
  }
  const { access_control: control } = row;
  if (control === null || control === undefined) return true;
  return groupIds(control).some((id) => typeof id === "string" && groups.has(id));
}

/** Lets the group read the model, in addition to the existing grants. */
export async function grantRead(
  admin: AccountApi,
  id: string,
  about: { readonly groupId: string; readonly version: string | undefined },
): Promise<void> {
  const { groupId, version } = about;
  const row = await readModelRow(admin, id);
  if (usesGrants(version)) {
    const grant = { principal_type: "group", principal_id: groupId, permission: "read" };
    const access_grants = [...(row === undefined ? [] : grantsOf(row).map(bareGrant)), grant];
    const name = memberText(row, "name") || id;
    await admin.post("/api/v1/models/model/access/update", { id, name, access_grants });
    return;
  }
  if (row === undefined) {
    const access_control = { read: { group_ids: [groupId], user_ids: [] }, write: { group_ids: [], user_ids: [] } };
    // With an empty `meta`, 0.7.2 answers every completion of the model with null
    // (docs/upstream/open-webui.md#null-with-status-200).
    const meta = { capabilities: {} };
    await admin.post("/api/v1/models/create", { id, base_model_id: null, name: id, meta, params: {}, access_control });
    return;
  }
  const control = isJsonObject(row["access_control"]) ? row["access_control"] : {};
  const read = isJsonObject(control["read"]) ? control["read"] : { user_ids: [] };
  const access_control = { ...control, read: { ...read, group_ids: [...groupIds(control), groupId] } };
  await admin.post(`/api/v1/models/model/update?id=${encodeURIComponent(id)}`, { ...row, access_control });
}

function usesGrants(version: string | undefined): boolean {
  return holds("grants-in-a-list", version) !== false;
}

function grantsOf(row: JsonObject): readonly JsonObject[] {
  const grants: Json | undefined = row["access_grants"];
  return Array.isArray(grants) ? (grants as readonly Json[]).filter(isJsonObject) : [];
}

function bareGrant({ principal_type = "", principal_id = "", permission = "" }: JsonObject): JsonObject {
  return { principal_type, principal_id, permission };
}

function groupIds(control: Json): readonly Json[] {
  const read = isJsonObject(control) ? control["read"] : undefined;
  const ids = isJsonObject(read) ? read["group_ids"] : undefined;
  return Array.isArray(ids) ? (ids as readonly Json[]) : [];
}
