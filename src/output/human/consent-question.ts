/** The questions that are asked before anything is written. */
import type { Plan } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";
import { plural } from "../words/counts.ts";
import { nameText } from "../words/value.ts";

/** Names what cannot be undone, and ends with the text before the answer. */
export function applyQuestion({ server, project, steps }: Plan, style: Style): string {
  const deletes = steps.filter((step) => step.action === "delete");
  const warning = `This deletes ${plural(deletes.length, "object")}. Deleting a monitor permanently erases its history:`;
  const lost = deletes.map(({ key, name }) => `  ${style.red("-")} ${inert(key)}  ${nameText(name)}`);
  const ask = `Apply this to project ${inert(project)} at ${inert(server.url)}? Type "yes" to continue: `;
  return ["", ...(deletes.length === 0 ? [] : [style.red(warning), ...lost, ""]), style.bold(ask)].join("\n");
}

/** `confirmation` is the text that must be typed. */
export function destroyQuestion(confirmation: string, style: Style): string {
  const ask = `This deletes all of the above, with its history. Type ${inert(confirmation)} to continue: `;
  return `\n${style.bold(ask)}`;
}
