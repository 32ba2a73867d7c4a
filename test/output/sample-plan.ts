import type { FieldChange, Plan, PlanSummary, Step } from "../../src/model/plan.ts";

/** A plan around the given steps; the summary is counted unless it is given. */
export function planOf(
  steps: readonly Step[],
  rest: Partial<Omit<Plan, "steps" | "summary">> & { summary?: Partial<PlanSummary> } = {},
): Plan {
  const count = (action: Step["action"]): number => steps.filter((step) => step.action === action).length;
  const nothing = { requests: 0, completions: 0, tokens: 0 };
  return {
    type: "kuma-sync.plan",
    formatVersion: "1.0",
    project: "payments",
    server: { url: "https://kuma.example", version: "2.5.3" },
    steps,
    blockers: [],
    impact: { checksPerMinute: { before: 0, after: 0 }, coverage: [] },
    cost: { before: nothing, after: nothing, monitors: [] },
    ...rest,
    summary: {
      create: count("create"),
      update: count("update"),
      adopt: count("adopt"),
      move: count("move"),
      takeOver: count("take-over"),
      delete: count("delete"),
      retire: count("retire"),
      release: count("release"),
      kept: 0,
      unchanged: 0,
      foreign: 0,
      unmanaged: 0,
      ...rest.summary,
    },
  };
}

export function at(line: number) {
  return { file: "monitors.yaml", line, column: 3, endLine: line, endColumn: 9 };
}

export function created(key: string, changes: readonly FieldChange[], line = 1): Step {
  const base = { key: `monitor/${key}`, kind: "monitor", name: key, dependsOn: [] } as const;
  return { ...base, action: "create", changes, at: at(line) };
}

export function updated(key: string, changes: readonly FieldChange[], line = 1): Step {
  const base = { key: `monitor/${key}`, kind: "monitor", name: key, dependsOn: [], id: line } as const;
  return { ...base, action: "update", changes, at: at(line) };
}

export function deleted(key: string): Step {
  return { key: `monitor/${key}`, kind: "monitor", name: key, dependsOn: [], action: "delete", id: 7 };
}

/** So many monitors whose interval changes in the same way. */
export function many(count: number): Step[] {
  return Array.from({ length: count }, (_, index) =>
    updated(`m${index}`, [{ path: "/interval", sensitive: false, before: 60, after: 30 }], index + 1),
  );
}
