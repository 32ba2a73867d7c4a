/** The sign before a step, in the colour of what it does. */
import type { StepAction } from "../../model/plan.ts";
import type { Style } from "../style.ts";

export function signOf(action: StepAction, style: Style): string {
  switch (action) {
    case "create":
      return style.green("+");
    case "update":
      return style.yellow("~");
    case "adopt":
      return style.cyan(style.symbols.adopt);
    case "delete":
      return style.red("-");
    default:
      return action satisfies never;
  }
}
