/** The index of what is alike finds what looking at each would find. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { usualLifecycle, type DesiredEntity } from "../../../src/model/entity.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { alikeIndex } from "../../../src/plan/guards/alike.ts";

const names = ["url", "method", "interval", "retries", "tags", "parent"];
const spec = fc.record(Object.fromEntries(names.map((name) => [name, fc.integer({ min: 0, max: 3 })])));
const defaulted = fc.subarray(names).map((some) => some.map((name): `/${string}` => `/${name}`));
const entity = fc.record({ spec, defaulted });

function alike({ spec: after, defaulted: unwritten }: DesiredEntity, before: JsonObject): boolean {
  const written = names.filter((name) => !unwritten.includes(`/${name}`));
  return written.length > 0 && written.filter((name) => after[name] === before[name]).length >= 0.8 * written.length;
}

test("the first that is alike and not taken", () => {
  fc.assert(
    fc.property(fc.array(entity, { maxLength: 12 }), fc.array(spec, { maxLength: 12 }), (after, before) => {
      const entities = after.map((one, index): DesiredEntity => {
        const base = { kind: "monitor", name: "", references: [], sensitive: [], lifecycle: usualLifecycle } as const;
        return { ...base, ...one, key: `monitor/${index}` };
      });
      const index = alikeIndex(entities);
      const open = new Set(entities);
      for (const object of before) {
        const found = index.find("monitor", object);
        expect(found).toBe([...open].find((one) => alike(one, object)));
        expect(index.find("notification", object)).toBe(undefined);
        if (found === undefined) continue;
        open.delete(found);
        index.take(found);
      }
    }),
  );
});
