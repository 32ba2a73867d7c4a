/** Each object is brought into canonical form once for a plan, however many stages look at it. */
import { beforeEach, expect, test, vi } from "vitest";
import { replaceReferences } from "../../../src/plan/canonical/references.ts";
import { declare, desiredOf, observedOf, onServer, planOf } from "../builder.ts";

vi.mock(import("../../../src/plan/canonical/references.ts"), async (original) => {
  const actual = await original();
  return { ...actual, replaceReferences: vi.fn<typeof actual.replaceReferences>(actual.replaceReferences) };
});

const replaced = vi.mocked(replaceReferences);

beforeEach(() => {
  replaced.mockClear();
});

/** How often each spec was gone through, by the name in it. */
function counts(): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [spec] of replaced.mock.calls) {
    const side = JSON.stringify(spec).includes('{"id":') ? "observed" : "declared";
    const name = `${side} ${spec["name"] as string}`;
    found[name] = (found[name] ?? 0) + 1;
  }
  return found;
}

const notify = { notifications: ["notification/ops"] };
const notifyById = { notifications: [{ id: 1 }] };
const ops = onServer(1, { name: "ops" }, { kind: "notification", marker: "shop/ops" });
const desired = desiredOf(
  declare("ops", {}, { kind: "notification" }),
  declare("same", { url: "https://a", ...notify }),
  declare("changed", { url: "https://b", interval: 60, ...notify }),
  declare("new", { url: "https://c", ...notify }),
  declare("ignoring", { url: "https://d", interval: 60, ...notify }, { lifecycle: { ignoreChanges: ["/interval"] } }),
);
const observed = observedOf(
  ops,
  onServer(2, { name: "same", url: "https://a", ...notifyById }, { marker: "shop/same" }),
  onServer(3, { name: "changed", url: "https://b", interval: 20, ...notifyById }, { marker: "shop/changed" }),
  onServer(4, { name: "ignoring", url: "https://d", interval: 20, ...notifyById }, { marker: "shop/ignoring" }),
  onServer(5, { name: "gone", url: "https://e", ...notifyById }, { marker: "shop/gone" }),
  onServer(6, { name: "theirs", url: "https://f", ...notifyById }),
);

test("objects that stay, change, come and go", () => {
  const plan = planOf(desired, observed, { allowDeletes: 1, notRenamed: true });
  expect(plan.steps.map(({ action, key }) => `${action} ${key}`)).toEqual([
    "update monitor/changed",
    "create monitor/new",
    "delete monitor/gone",
  ]);
  expect(counts()).toEqual({
    "declared ops": 1,
    "declared same": 1,
    "declared changed": 1,
    "declared new": 1,
    "declared ignoring": 1,
    "observed same": 1,
    "observed changed": 1,
    "observed ignoring": 1,
    "observed gone": 1,
    "observed theirs": 1,
  });
});
