import { describe, expect, test } from "vitest";
import { declare, desiredOf, observedOf, onServer, planOf, planText, type PlanRow } from "./builder.ts";

const http = { type: "http", url: "http://a", interval: 60, parent: null, notifications: [], tags: [] };
const group = { type: "group", parent: null, notifications: [], tags: [] };

const rows: readonly PlanRow[] = [
  {
    title: "what equals is left alone, whatever the order of its keys",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(onServer(1, { name: "api", ...http }, { marker: "shop/api" })),
    plan: "",
  },
  {
    title: "a new monitor is created with every field that holds something",
    desired: desiredOf(declare("api", http, { defaulted: ["/parent", "/notifications", "/tags"] })),
    observed: observedOf(),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
    /url · -> "http://a"
    /interval · -> 60`,
  },
  {
    title: "a UI edit is seen and set right",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(onServer(1, { ...http, name: "Renamed by hand", interval: 20 }, { marker: "shop/api" })),
    plan: `update monitor/api
    /name "Renamed by hand" -> "api"
    /interval 20 -> 60`,
  },
  {
    title: "a field that the server does not tell is not compared",
    desired: desiredOf(declare("api", { ...http, active: true })),
    observed: observedOf(onServer(1, { ...http, name: "api" }, { marker: "shop/api" })),
    plan: "",
  },
  {
    title: "a new type brings its own fields along",
    desired: desiredOf(declare("api", { ...http, type: "keyword", keyword: "ok" })),
    observed: observedOf(onServer(1, { ...http, name: "api" }, { marker: "shop/api" })),
    plan: `update monitor/api
    /type "http" -> "keyword"
    /keyword · -> "ok"`,
  },
  {
    title: "another project's monitor of the same name is left alone",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "other/api" }),
      onServer(2, { ...http, name: "api" }, { marker: "shop/api" }),
    ),
    plan: "",
  },
  {
    title: "an unmanaged monitor of the same name is refused, and named",
    desired: desiredOf(
      declare("api", { ...http, url: "http://b" }, { defaulted: Object.keys(http).map((key) => `/${key}`) }),
    ),
    observed: observedOf(onServer(7, { ...http, name: "api" })),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
    /url · -> "http://b"
    /interval · -> 60
KS4003: monitor/api: an object with this name is on the server already and is not managed (id 7)`,
  },
  {
    title: "--adopt takes it over with its history",
    desired: desiredOf(declare("api", { ...http, url: "http://b" })),
    observed: observedOf(onServer(7, { ...http, name: "api" })),
    options: { adopt: true },
    plan: `adopt monitor/api
    /url "http://a" -> "http://b"`,
  },
  {
    title: "--adopt refuses to choose between two of the same name",
    desired: desiredOf(declare("api", { type: "http" })),
    observed: observedOf(onServer(7, { name: "api", type: "ping" }), onServer(8, { name: "api", type: "dns" })),
    options: { adopt: true },
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
KS4003: monitor/api: 2 unmanaged objects on the server have this name: id 7, id 8`,
  },
  {
    title: "a create that lost its marker is finished, not repeated",
    desired: desiredOf(
      declare("edge", group),
      declare("api", { ...http, parent: "monitor/edge", tags: [{ tag: "tag/team", value: "" }] }),
      declare("team", { color: "red" }, { kind: "tag" }),
    ),
    observed: observedOf(
      onServer(1, { ...group, name: "edge" }, { marker: "shop/edge" }),
      onServer(2, { ...http, name: "api", parent: { id: 1 } }),
      onServer(1, { name: "team", color: "red" }, { kind: "tag" }),
    ),
    plan: `adopt monitor/api
    /tags [] -> [{"tag":"tag/team","value":""}]`,
  },
  {
    title: "of two unmarked objects that equal the declared one, one is adopted and the other stays unmanaged",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(onServer(1, { ...http, name: "api" }), onServer(2, { ...http, name: "api" })),
    plan: "adopt monitor/api",
  },
  {
    title: "a deleted declaration needs consent",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
      onServer(2, { ...http, name: "old" }, { marker: "shop/old" }),
    ),
    plan: `delete monitor/old
KS4001: 1 object would be deleted; deleting a monitor permanently erases its history`,
  },
  {
    title: "an empty configuration is refused even with consent to deletes",
    desired: desiredOf(),
    observed: observedOf(onServer(2, { ...http, name: "old" }, { marker: "shop/old" })),
    options: { allowDeletes: 5 },
    plan: `delete monitor/old
KS4004: nothing is declared for project shop, so everything it manages would be deleted (1)`,
  },
  {
    title: "a group is not deleted under a child that stays",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
      onServer(2, { ...group, name: "old" }, { marker: "shop/old" }),
      onServer(3, { ...http, name: "by hand", parent: { id: 2 } }),
    ),
    options: { allowDeletes: 1 },
    plan: `delete monitor/old
KS4008: monitor/old is a group with children that this project does not delete or move: "by hand" (id 3)`,
  },
  {
    title: "a group goes after its children went or moved",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(2, { ...group, name: "old" }, { marker: "shop/old" }),
      onServer(1, { ...http, name: "api", parent: { id: 2 } }, { marker: "shop/api" }),
      onServer(3, { ...http, name: "gone", parent: { id: 2 } }, { marker: "shop/gone" }),
    ),
    options: { allowDeletes: 2 },
    plan: `update monitor/api
    /parent "monitor/old" -> null
delete monitor/gone
delete monitor/old`,
  },
  {
    title: "parents and notifications come before what refers to them",
    desired: desiredOf(
      declare("api", { type: "http", parent: "monitor/edge", notifications: ["notification/oncall"] }),
      declare("edge", { type: "group" }),
      declare("oncall", { type: "slack" }, { kind: "notification" }),
    ),
    observed: observedOf(),
    plan: `create monitor/edge
    /name · -> "edge"
    /type · -> "group"
create notification/oncall
    /name · -> "oncall"
    /type · -> "slack"
create monitor/api
    /name · -> "api"
    /type · -> "http"
    /parent · -> "monitor/edge"
    /notifications · -> ["notification/oncall"]`,
  },
  {
    title: "swapping a group with its child goes from the top down",
    desired: desiredOf(declare("a", { ...group, parent: "monitor/b" }), declare("b", group)),
    observed: observedOf(
      onServer(1, { ...group, name: "a" }, { marker: "shop/a" }),
      onServer(2, { ...group, name: "b", parent: { id: 1 } }, { marker: "shop/b" }),
    ),
    plan: `update monitor/b
    /parent "monitor/a" -> null
update monitor/a
    /parent null -> "monitor/b"`,
  },
  {
    title: "a reference by name to something made by hand is resolved, and compared",
    desired: desiredOf(declare("api", { ...http, notifications: [{ name: "Slack" }] })),
    observed: observedOf(
      onServer(4, { name: "Slack", type: "slack" }, { kind: "notification" }),
      onServer(1, { ...http, name: "api", notifications: [{ id: 4 }] }, { marker: "shop/api" }),
    ),
    plan: "",
  },
  {
    title: "a name that is not there is refused before the first write",
    desired: desiredOf(declare("api", { type: "http", notifications: [{ name: "Slack" }] })),
    observed: observedOf(),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
    /notifications · -> [{"name":"Slack"}]
KS4005: monitor/api refers to a notification named "Slack", and the server has none`,
  },
  {
    title: "links made by hand on a managed monitor are taken off, by the name they have",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(4, { name: "Slack", type: "slack" }, { kind: "notification" }),
      onServer(1, { ...http, name: "api", notifications: [{ id: 4 }] }, { marker: "shop/api" }),
    ),
    plan: `update monitor/api
    /notifications [{"name":"Slack"}] -> []`,
  },
  {
    title: "a clone made in the UI carries the marker too, and is refused",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
      onServer(2, { ...http, name: "api" }, { marker: "shop/api" }),
    ),
    plan: `KS4007: monitor/api is marked on 2 objects on the server (ids 1, 2)`,
  },
  {
    title: "with consent the younger of two with one marker is deleted, and the older is brought in line",
    desired: desiredOf(declare("api", { ...http, interval: 30 })),
    observed: observedOf(
      onServer(2, { ...http, interval: 60, name: "api" }, { marker: "shop/api" }),
      onServer(1, { ...http, interval: 60, name: "api" }, { marker: "shop/api" }),
    ),
    options: { resolveDuplicates: true },
    plan: `update monitor/api
    /interval 60 -> 30
delete monitor/api#2`,
  },
  {
    title: "of two with one marker the one with more heartbeats stays, where that is known of both",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
      onServer(2, { ...http, name: "api" }, { marker: "shop/api" }),
    ),
    options: { resolveDuplicates: true, histories: new Map([1, 2].map((id) => [id, { heartbeats: id }])) },
    plan: "delete monitor/api#1",
  },
  {
    title: "a secret shows neither its old value nor its new one",
    desired: desiredOf(declare("api", { ...http, headers: { A: "new-secret" } }, { sensitive: ["/headers"] })),
    observed: observedOf(onServer(1, { ...http, name: "api", headers: { A: "old-secret" } }, { marker: "shop/api" })),
    plan: `update monitor/api
    /headers (sensitive)`,
  },
  {
    title: "a secret deep inside hides the value when the shapes differ",
    desired: desiredOf(declare("api", { ...http, body: { a: { b: "s3cret" } } }, { sensitive: ["/body/a/b"] })),
    observed: observedOf(onServer(1, { ...http, name: "api", body: "old" }, { marker: "shop/api" })),
    plan: `update monitor/api
    /body (sensitive)`,
  },
  {
    title: "a type we do not know is counted, never touched, and never in the way",
    desired: desiredOf(),
    observed: observedOf({ ...onServer(9, { name: "future", type: "quantum" }), spec: undefined }),
    plan: "",
  },
];

describe("makePlan", () => {
  test.each(rows)("$title", ({ desired, observed, options, plan }) => {
    expect(planText(planOf(desired, observed, options))).toBe(plan);
  });

  test("a plan is plain JSON and counts what it does not touch", () => {
    const plan = planOf(
      desiredOf(declare("api", http)),
      observedOf(
        onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
        onServer(2, { ...http, name: "x" }, { marker: "other/x" }),
        onServer(3, { ...http, name: "y" }),
      ),
    );
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(plan.summary).toMatchObject({
      create: 0,
      update: 0,
      adopt: 0,
      delete: 0,
      unchanged: 1,
      foreign: 1,
      unmanaged: 1,
    });
  });
});
