/** What is said of entities beside their fields, as the planner gets it. */
import { expect, test } from "vitest";
import { toDesired } from "../../src/config/desired.ts";
import { kinds } from "../../src/kinds/index.ts";
import { usualLifecycle, usualPolicy, type Desired, type Lifecycle } from "../../src/model/entity.ts";
import { loadText } from "./load-text.ts";

const head = "version: 1\nproject: p\n";

async function desiredOf(text: string): Promise<Desired> {
  const config = await loadText(head + text);
  expect(config.findings).toEqual([]);
  return toDesired(config).desired;
}

async function lifecyclesOf(text: string): Promise<Readonly<Record<string, Lifecycle>>> {
  const { entities } = await desiredOf(text);
  return Object.fromEntries([...entities].map(([key, { lifecycle }]) => [key, lifecycle]));
}

test("without lifecycle keys the defaults apply", async () => {
  const desired = await desiredOf("monitors: { a: { type: group } }\n");
  expect(desired.entities.get("monitor/a")?.lifecycle).toEqual(usualLifecycle);
  expect(desired.policy).toEqual(usualPolicy);
  expect(desired.moves).toEqual([]);
});

test("lifecycle keys are not fields, even where unknown fields pass through", async () => {
  const beside = "protect: true, onRemove: release, ignoreChanges: [name2, /a~1b/c], adopt: 3";
  const { entities } = await desiredOf(
    `notifications: { a: { type: line, lineChannelAccessToken: x, ${beside} }, b: { type: line, lineChannelAccessToken: x } }\nmonitors: {}\n`,
  );
  const [a, b] = ["notification/a", "notification/b"].map((key) => entities.get(key as "notification/a"));
  expect({ ...a?.spec, name: "b" }).toEqual(b?.spec);
  expect(a?.lifecycle).toEqual({
    isProtected: true,
    onRemove: "release",
    isOwnRemoval: true,
    ignoreChanges: ["/settings/name2", "/settings/a~1b/c"],
    adopt: { id: 3 },
  });
});

test("an ignored field has its place in the spec, and a repeated one counts once", async () => {
  const { "monitor/a": own } = await lifecyclesOf(
    "monitors: { a: { type: http, url: https://x.example, ignoreChanges: [url, /url, /headers/A~1b, interval] } }\n",
  );
  expect(own?.ignoreChanges).toEqual(["/url", "/headers/A~1b", "/interval"]);
});

test("defaults are for the types that have the field; an own list takes their place", async () => {
  const found =
    await lifecyclesOf(`defaults: { monitor: { protect: true, onRemove: pause, ignoreChanges: [url, active] } }
monitors:
  web: { type: http, url: https://x.example }
  edge: { type: group }
  own: { type: group, protect: false, onRemove: delete, ignoreChanges: [] }
notifications: { oncall: { type: line, lineChannelAccessToken: x } }
`);
  expect(found).toEqual({
    "monitor/web": { isProtected: true, onRemove: "pause", ignoreChanges: ["/url", "/active"] },
    "monitor/edge": { isProtected: true, onRemove: "pause", ignoreChanges: ["/active"] },
    "monitor/own": { ...usualLifecycle, isOwnRemoval: true },
    "notification/oncall": usualLifecycle,
  });
});

test("objects that cannot be paused are deleted if the project pauses", async () => {
  const found = await lifecyclesOf(`policy: { onRemove: pause }
monitors: { a: { type: group }, b: { type: group, onRemove: delete } }
notifications: { c: { type: line, lineChannelAccessToken: x } }
`);
  expect(Object.values(found).map(({ onRemove }) => onRemove)).toEqual(["pause", "delete", "delete"]);
});

test.for(["3", "{ id: 3 }", '"${var:id}"', '{ id: "${var:id}" }'])("adopts by id: %s", async (adopt) => {
  const text = `vars: { id: 3 }\nmonitors: { a: { type: group, adopt: ${adopt} } }\n`;
  expect((await lifecyclesOf(text))["monitor/a"]?.adopt).toEqual({ id: 3 });
});

test("the list at the top level has the same effect as the key at the entity", async () => {
  const itself = await lifecyclesOf(
    "monitors: { a: { type: group, adopt: { name: Old } }, b: { type: group, adopt: 3 } }\n",
  );
  const listed = await lifecyclesOf(
    "monitors: { a: { type: group }, b: { type: group } }\nadopt: [{ to: monitor/b, id: 3 }, { to: monitor/a, name: Old }]\n",
  );
  expect(listed).toEqual(itself);
  expect(listed["monitor/a"]?.adopt).toEqual({ name: "Old" });
});

test("moves, policy and limits reach the planner", async () => {
  const { moves, policy } = await desiredOf(`monitors: { cart: { type: group }, till: { type: group } }
moved: [{ from: monitor/basket, to: monitor/cart }, { from: "monitor/\${var:old}", to: monitor/till }]
vars: { old: cashier }
policy: { onRemove: release, maxDeletes: 0, maxDeletePercent: 12.5, maxUpdatePercent: 100 }
limits: { completionsPerDay: 0 }
`);
  expect(moves).toEqual([
    {
      from: "monitor/basket",
      to: "monitor/cart",
      at: { file: "<stdin>", line: 4, column: 37, endLine: 4, endColumn: 49 },
    },
    expect.objectContaining({ from: "monitor/cashier", to: "monitor/till" }),
  ]);
  const limits = { maxDeletes: 0, maxDeletePercent: 12.5, maxUpdatePercent: 100, completionsPerDay: 0 };
  expect(policy).toEqual({ onRemove: "release", ...limits });
});

test("a monitor of an Open WebUI block adopts, moves and is protected as others are", async () => {
  const { entities, moves } = await desiredOf(`openWebUI:
  chat: { url: https://x.example, overrides: { health: { protect: true, ignoreChanges: [interval] } } }
adopt: [{ to: monitor/chat.health, name: Health }]
moved: [{ from: monitor/health, to: monitor/chat.health }]
`);
  expect(entities.get("monitor/chat.health")?.lifecycle).toEqual({
    isProtected: true,
    onRemove: "delete",
    ignoreChanges: ["/interval"],
    adopt: { name: "Health" },
  });
  expect(moves.map(({ to }) => to)).toEqual(["monitor/chat.health"]);
});

const variants = [...kinds.values()].flatMap(({ name, variants: all }) =>
  all.map((variant) => [`${name} ${variant.type ?? ""}`, variant] as const),
);

test.for(variants)("%s has no field that is called like one of these", ([, { fields }]) => {
  const taken = ["protect", "onRemove", "ignoreChanges", "adopt"].filter((name) => Object.hasOwn(fields, name));
  expect(taken).toEqual([]);
});
