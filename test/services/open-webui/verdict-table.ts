/** The page of the documentation that shows the verdicts, so that what it says is what was run. */
import type { QueryLab } from "../../../src/query/lab.ts";
import { answers, type Answer } from "./answers.ts";
import {
  monitorOf,
  monitors,
  presetVerdicts,
  questions,
  recipeOf,
  recipes,
  recipeVerdict,
  servers,
  type MonitorQuestion,
} from "./verdicts.ts";

const intro = `# Verdicts of the Open WebUI monitors

Look up here what each monitor of an \`openWebUI\` block shows for each response of Open WebUI. \`test/services/open-webui/verdicts.test.ts\` writes this
page; do not edit it. The responses were evaluated by the rules of Uptime Kuma ${servers.join(", ")}, with the same result. A verdict
in **bold** is wrong; if a monitor cannot detect an outage, the table names the one that does. The last column shows simpler monitors: for health,
models and completions, those of Open WebUI's own documentation.
`;

export async function verdictPage(lab: QueryLab): Promise<string> {
  const sections: string[] = [];
  for (const question of questions) sections.push(await section(lab, question));
  const common = answers.filter(({ to }) => to === "anything");
  const list = common.map(({ about, status }) => `- ${about} (${status})`).join("\n");
  return `${intro}\n${sections.join("\n")}\n## Any other response\n\nEvery monitor above is down for each of these:\n\n${list}\n`;
}

async function section(lab: QueryLab, question: MonitorQuestion): Promise<string> {
  const written = monitors[monitorOf[question]]?.written ?? {};
  const verdicts = await presetVerdicts(lab, written, "2.5.3");
  const recipe = recipeOf(question);
  const rows: string[][] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.to !== question && !(answer.to === "anything" && answer.status < 400)) continue;
    const preset = shown(verdicts[index] ?? "down", answer);
    const cells = [answer.about, String(answer.status), preset];
    if (recipe !== undefined)
      cells.push(shown(await recipeVerdict(lab, recipe, answer), { ...answer, unseen: undefined }));
    rows.push(cells);
  }
  const head = ["answer", "status", "verdict", ...(recipe === undefined ? [] : [recipes[recipe]])];
  const method = typeof written["method"] === "string" ? written["method"] : "GET";
  const path = (written["url"] as string).replace("http://open-webui:8080", "");
  const query = ["```", written["jsonPath"] as string, "```"].join("\n");
  return [`## \`${monitorOf[question]}\`: ${method} ${path}`, "", query, "", table([head, ...rows]), ""].join("\n");
}

function shown(
  verdict: "up" | "down",
  { isGood, unseen }: { readonly isGood: boolean; readonly unseen?: string | undefined },
): string {
  if ((verdict === "up") === isGood) return verdict;
  return unseen === undefined ? `**${verdict}**` : `**${verdict}**: ${unseen}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Answers that a monitor may be up on although they belong to another question: they have the shape of a good one. */
export function isUpElsewhere(question: MonitorQuestion, answer: Answer): boolean {
  if (["health", "ready", "database", "volume"].includes(question)) {
    const isOnboarding = answer.file === "config-onboarding.json";
    return answer.status === 200 && /"status":\s*true/u.test(answer.body) && !(question === "volume" && isOnboarding);
  }
  // All three list models under `data`.
  const lists = ["model", "provider.openai"];
  return (
    lists.includes(question) &&
    lists.includes(answer.to) &&
    answer.status === 200 &&
    /"id":\s*"gpt-4o-mini"/u.test(answer.body)
  );
}
