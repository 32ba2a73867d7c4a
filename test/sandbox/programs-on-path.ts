import { chmod, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

/**
 * Puts a program of this name, written in JavaScript, before all others for the rest of the test. Returns the function
 * that tells the arguments of each call so far.
 */
export async function putOnPath(name: string, script: string): Promise<() => Promise<string[][]>> {
  const folder = await temporaryFolder();
  const log = join(folder, "calls.jsonl");
  const preamble = `#!${process.execPath}
const { appendFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, JSON.stringify(args) + "\\n");
`;
  await writeFile(log, "");
  await writeFile(join(folder, name), preamble + script);
  await chmod(join(folder, name), 0o755);

  const { PATH: before } = process.env;
  process.env["PATH"] = `${folder}${delimiter}${before}`;
  onTestFinished(() => {
    process.env["PATH"] = before;
  });
  return async () => {
    const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as string[]);
  };
}
