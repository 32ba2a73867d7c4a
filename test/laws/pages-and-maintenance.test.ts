import { expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { KindName } from "../../src/model/entity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { analytics, maintenanceChanges, pageChanges, settingsChanges, strategies } from "./page-changes.ts";

function names(changes: readonly JsonObject[]): readonly string[] {
  return changes.flatMap((change) => Object.keys(change));
}

test("every field of status pages, maintenances and settings is among the changes", () => {
  const covered: Readonly<Partial<Record<KindName, readonly string[]>>> = {
    "status-page": names([...pageChanges, ...analytics]),
    maintenance: names([...maintenanceChanges.map(({ fields }) => fields), ...strategies]),
    settings: names(settingsChanges),
  };
  for (const [name, done = []] of Object.entries(covered)) {
    const fields = kinds.get(name as KindName)?.variants.flatMap((variant) => Object.keys(variant.fields)) ?? [];
    expect(fields.filter((field) => !done.includes(field))).toEqual([]);
  }
});
