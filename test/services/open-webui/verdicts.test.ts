import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { openLab } from "../../../src/query/lab.ts";
import { builtChild } from "../../query/built-child.ts";
import { answers, index } from "./answers.ts";
import { isUpElsewhere, verdictPage } from "./verdict-table.ts";
import { monitorOf, monitors, presetVerdicts, problems, questions, servers } from "./verdicts.ts";

const lab = openLab({ entry: builtChild() });
afterAll(() => lab.close());

describe("the answers", () => {
  it("are all the samples, each once", () => {
    const files = answers.map(({ file }) => file).toSorted();
    expect(files).toEqual([...new Set(files)]);
    expect(files).toEqual(index.map(({ file }) => file).toSorted());
    const inFolder = readdirSync(new URL("samples/", import.meta.url)).filter(
      (file) => file !== "index.json" && !file.endsWith(".test.ts"),
    );
    expect(files).toEqual(inFolder.toSorted());
  });
});

describe.each(servers)("on Uptime Kuma %s", (server) => {
  it.each(questions)("%s is right on every answer", async (question) => {
    expect(problems).toEqual([]);
    const verdicts = await presetVerdicts(lab, monitors[monitorOf[question]]?.written ?? {}, server);
    const wrong = answers.flatMap((answer, place) => {
      const isOwn = answer.to === question;
      const isUp = isOwn ? answer.isGood || answer.unseen !== undefined : isUpElsewhere(question, answer);
      return verdicts[place] === (isUp ? "up" : "down") ? [] : [{ file: answer.file, verdict: verdicts[place] }];
    });
    expect(wrong).toEqual([]);
  });

  it("asks for each model by itself: Ollama down is seen by its model alone", async () => {
    const place = answers.findIndex(({ file }) => file === "models-ollama-down.json");
    const verdicts = await Promise.all(
      ["main.model.gpt-4o-mini", "main.model.llama3.1-latest"].map((key) =>
        presetVerdicts(lab, monitors[key]?.written ?? {}, server),
      ),
    );
    expect(verdicts.map((ofMonitor) => ofMonitor[place])).toEqual(["up", "down"]);
  });

  it("says the same of an Ollama model's completion", async () => {
    const [hosted, local] = await Promise.all(
      ["main.completion.gpt-4o-mini", "main.completion.llama3.1-latest"].map((key) =>
        presetVerdicts(lab, monitors[key]?.written ?? {}, server),
      ),
    );
    expect(local).toContain("up");
    expect(local).toEqual(hosted);
  });
});

it("shows the verdicts in the documentation", async () => {
  await expect(await verdictPage(lab)).toMatchFileSnapshot("../../../docs/open-webui-verdicts.md");
});
