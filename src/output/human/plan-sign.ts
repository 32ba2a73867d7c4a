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
    case "take-over":
      return style.cyan(style.symbols.adopt);
    case "delete":
      return style.red("-");
    case "move":
      return style.cyan(">");
    case "retire":
    case "release":
      return style.yellow("-");
    default:
      return action satisfies never;
  }
}
