/** Slugs, domains and push tokens exist once on a server: which plans wait for each other, and which are refused. */
import { describe, expect, test } from "vitest";
import type { ObservedEntity } from "../../../src/model/entity.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { declare, desiredOf, observedOf, onServer, planOf, withLedger } from "../builder.ts";

const http = { type: "http", url: "http://x", interval: 60, active: true };
const web = declare("web", http);
const webThere = onServer(1, { name: "web", ...http }, { marker: "shop/web" });

function codes({ blockers }: Plan): string[] {
  return blockers.map(({ code }) => code);
}

function page(key: string, slug: string, domainNames: readonly string[] = []): ReturnType<typeof declare> {
  return { ...declare(key, {}, { kind: "status-page" }), name: slug, spec: { slug, domainNames } };
}

function pageThere(id: number, slug: string, domains: readonly string[] = [], marker?: string): ObservedEntity {
  const spec = { slug, domainNames: domains };
  const owned = marker === undefined ? {} : { marker };
  return { ...onServer(id, { name: slug, ...spec }, { kind: "status-page", ...owned }), spec };
}

describe("a slug or domain of another page", () => {
  test.each([undefined, "other/p"])("is refused with whose it is (%s)", (marker) => {
    const observed = observedOf(pageThere(1, "a", [], "shop/a"), pageThere(2, "b", ["b.example"], marker));
    const slug = planOf(desiredOf(page("a", "b")), observed);
    expect(codes(slug)).toEqual(["KS4027"]);
    expect(slug.blockers[0]?.message).toContain(marker === undefined ? "not managed" : "p of project other");
    expect(codes(planOf(desiredOf(page("a", "a", ["b.example"])), observed))).toEqual(["KS4027"]);
    expect(codes(planOf(desiredOf(page("c", "c", ["b.example"]), page("a", "a")), observed))).toEqual(["KS4027"]);
  });

  test("that the other page gives up in the same plan is waited for", () => {
    const observed = observedOf(pageThere(1, "a", [], "shop/a"), pageThere(2, "b", [], "shop/b"));
    const plan = planOf(desiredOf(page("a", "b"), page("b", "c"), page("n", "a")), observed);
    expect(codes(plan)).toEqual([]);
    expect(plan.steps.map(({ key, dependsOn }) => [key, dependsOn])).toEqual([
      ["status-page/b", []],
      ["status-page/a", ["status-page/b"]],
      ["status-page/n", ["status-page/a"]],
    ]);
  });

  test("two and three pages that swap slugs use a temporary one", () => {
    const two = planOf(
      desiredOf(page("a", "b"), page("b", "a")),
      observedOf(pageThere(1, "a", [], "shop/a"), pageThere(2, "b", [], "shop/b"), pageThere(3, "b-moving-1")),
    );
    expect(codes(two)).toEqual([]);
    expect(two.steps).toMatchObject([
      { key: "status-page/a", parks: { key: "status-page/b", id: 2, slug: "b", temporary: "b-moving-2" } },
      { key: "status-page/b", dependsOn: ["status-page/a"] },
    ]);
    const three = planOf(
      desiredOf(page("a", "b"), page("b", "c"), page("c", "a")),
      observedOf(pageThere(1, "a", [], "shop/a"), pageThere(2, "b", [], "shop/b"), pageThere(3, "c", [], "shop/c")),
    );
    expect(three.steps.filter((step) => "parks" in step)).toHaveLength(1);
    expect(three.steps.map(({ key }) => key)).toEqual(["status-page/a", "status-page/c", "status-page/b"]);
  });

  test("without a ledger the plan says that pages cannot be recognised", () => {
    const observed = observedOf(webThere, pageThere(1, "old"));
    expect(planOf(desiredOf(web, page("a", "new")), observed).ledgerNote).toContain("status-page/a");
    expect(planOf(desiredOf(web), observed).ledgerNote).not.toContain("recognised");
    expect(planOf(desiredOf(web, page("a", "new")), withLedger(observed, {})).ledgerNote).toBeUndefined();
  });
});

describe("a push token of another monitor", () => {
  const push = { type: "push", interval: 60, active: true };
  const token = "abcdefghijabcdefghij";

  test("is refused without being shown, on any type; a monitor that is deleted or changes its token frees it", () => {
    const wanted = desiredOf(declare("p", { ...push, pushToken: token }));
    const hand = onServer(1, { name: "hand", ...push, pushToken: token });
    const plan = planOf(wanted, observedOf(hand));
    expect(codes(plan)).toEqual(["KS4028"]);
    expect(JSON.stringify(plan.blockers)).not.toContain(token);
    const once = { ...onServer(1, { name: "once", ...http }), row: { pushToken: token } };
    expect(codes(planOf(wanted, observedOf(once)))).toEqual(["KS4028"]);
    const ours = onServer(1, { name: "p", ...push, pushToken: token }, { marker: "shop/p" });
    expect(codes(planOf(wanted, observedOf(ours)))).toEqual([]);
    const changed = desiredOf(
      declare("p", { ...push, pushToken: token }),
      declare("q", { ...push, pushToken: "other" }),
    );
    const held = onServer(1, { name: "q", ...push, pushToken: token }, { marker: "shop/q" });
    expect(codes(planOf(changed, observedOf(held)))).toEqual([]);
  });
});
