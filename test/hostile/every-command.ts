/** Runs of the whole program, with all that they wrote: streams, files, and what they left on the server. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Ended, FakeProcess } from "../commands/fake-context.ts";
import type { Workspace } from "../commands/workspace.ts";
import { ledgerTexts } from "./secret-spellings.ts";

/** Files that a test itself puts into the folder. */
const given = new Set(["monitors.yaml"]);

export interface Recorder {
  /** Everything that was written, by where it was. */
  readonly places: ReadonlyMap<string, string>;
  readonly runs: readonly (Ended & { readonly line: string })[];
  readonly run: (args: readonly string[], fake?: FakeProcess) => Promise<Ended>;
}

export function recordRuns({ run, folder, kuma }: Workspace, env: Readonly<Record<string, string>> = {}): Recorder {
  const places = new Map<string, string>();
  const runs: (Ended & { readonly line: string })[] = [];
  return {
    places,
    runs,
    run: async (args, fake = {}) => {
      const ended = await run(args, { ...fake, env: { ...env, ...fake.env } });
      const line = `${runs.length + 1}: ${args.join(" ")} (exit ${ended.code})`;
      runs.push({ ...ended, line });
      places.set(`${line}, stdout`, ended.stdout);
      places.set(`${line}, stderr`, ended.stderr);
      places.set(`${line}, questions`, ended.questions.join("\n"));
      places.set(`${line}, ledger`, ledgerTexts(kuma.settings));
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && !given.has(entry.name)) places.set(`${line}, ${entry.name}`, readFileSync(path, "utf8"));
      }
      return ended;
    },
  };
}

const stdoutFormats = {
  validate: ["human", "json", "markdown", "github"],
  test: ["human", "json", "markdown", "github"],
  plan: ["human", "json", "markdown", "github"],
  apply: ["human", "json", "markdown", "github"],
} as const;

const reports = {
  validate: ["json", "sarif", "github", "markdown"],
  test: ["json", "junit"],
  plan: ["json", "markdown", "github", "html"],
  apply: ["json", "markdown", "github", "html"],
} as const;

/** The arguments of `command` with each format of stdout, the first one with every report. */
export function inEveryFormat(command: keyof typeof reports, args: readonly string[]): readonly (readonly string[])[] {
  const files = reports[command].flatMap((format) => ["--report", `${format}=out/${args[0]}.${format}`]);
  return stdoutFormats[command].map((format, index) => [
    ...args,
    "--format",
    format,
    "-v",
    ...(index === 0 ? files : []),
  ]);
}
