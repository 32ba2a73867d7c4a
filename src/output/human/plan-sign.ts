/** The sign before a step, in the colour of its action. */
import type { StepAction } from "../../model/plan.ts";
import type { Style } from "../style.ts";

export function signOf(action: StepAction, style: Style): string {
  const paint = paintOf(action, style);
  switch (action) {
    case "create":
      return paint("+");
    case "update":
      return paint("~");
    case "adopt":
    case "take-over":
      return paint(style.symbols.adopt);
    case "move":
      return paint(">");
    case "delete":
    case "retire":
    case "release":
      return paint("-");
    default:
      return action satisfies never;
  }
}

/** Red means that it cannot be undone. */
export function paintOf(action: StepAction, style: Style): Style["red"] {
  switch (action) {
    case "create":
      return style.green;
    case "delete":
      return style.red;
    case "update":
    case "retire":
    case "release":
      return style.yellow;
    case "adopt":
    case "take-over":
    case "move":
      return style.cyan;
    default:
      return action satisfies never;
  }
}
