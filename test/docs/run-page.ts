/**
 * Runs the commands of a page of the documentation, in one shell and in order, as somebody who follows it would: the lines
 * that start with `$ ` in its `console` blocks. What they print is what the page must show below them.
 */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished } from "vitest";
import { builtProgram } from "../cli/built-program.ts";

export interface PageWorld {
  readonly env?: Readonly<Record<string, string>>;
  /** Addresses as the page writes them, and where they are here. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** In the folder that the commands run in. */
  readonly files?: Readonly<Record<string, string>>;
  /** What happens at a `$ # …` line, by its words. */
  readonly events?: Readonly<Record<string, () => void>>;
}

/** The page with what its commands print now. */
export async function runPage(page: string, world: PageWorld = {}): Promise<string> {
  const shell = openShell(world);
  const lines: string[] = [];
  let isInBlock = false;
  let isOutput = false;
  for (const line of page.split("\n")) {
    if (line.startsWith("```")) {
      isInBlock = line === "```console";
      isOutput = false;
    }
    if (isInBlock && line.startsWith("$ ")) {
      isOutput = true;
      const command = line.slice(2);
      world.events?.[command]?.();
      lines.push(line, ...(command.startsWith("#") ? [] : await shell.run(command)));
    } else if (!isInBlock || !isOutput) lines.push(line);
  }
  return lines.join("\n");
}

/** Times and blanks differ from run to run and from machine to machine, and with their widths where a long text is cut. */
export function comparable(page: string): string {
  const timeless = page.replaceAll(/\d+(?:\.\d+)? ?m?s\b/gu, "TIME").replaceAll(/ {2,}/gu, "  ");
  return timeless.replaceAll(/^(.{30}).*\.\.\.$/gmu, "$1...");
}

interface Shell {
  run(command: string): Promise<readonly string[]>;
}

const done = "--- done ---";

function swap(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((all, [from, to]) => all.replaceAll(from, to), text);
}

function openShell({ env = {}, addresses = {}, files = {} }: PageWorld): Shell {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-docs-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const bin = join(folder, ".bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "kuma-sync"), `#!/bin/sh\nexec "${process.execPath}" "${builtProgram()}" "$@"\n`);
  chmodSync(join(bin, "kuma-sync"), 0o755);
  const path = `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
  const shell: ChildProcessWithoutNullStreams = spawn("bash", ["--noprofile", "--norc"], {
    cwd: folder,
    env: { NO_COLOR: "1", ...env, PATH: path },
  });
  onTestFinished(() => {
    shell.kill();
    rmSync(folder, { recursive: true });
  });
  let printed = "";
  let onPrinted: (() => void) | undefined;
  let onEnd: (() => void) | undefined;
  shell.on("exit", () => onEnd?.());
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      onPrinted?.();
    });
  }
  const there = Object.entries(addresses);
  const back = there.map(([written, real]) => [real, written] as const);
  return {
    run: (command) =>
      new Promise((resolve, reject) => {
        printed = "";
        onPrinted = () => {
          const end = printed.indexOf(done);
          if (end === -1) return;
          const text = swap(printed.slice(0, end), back).replace(/\n+$/u, "");
          resolve(text === "" ? [] : text.split("\n"));
        };
        onEnd = () => reject(new Error(`the shell ended in: ${command}`));
        // Both streams into one, so that they are read in the order in which they were written.
        shell.stdin.write(`{ ${swap(command, there)}\n} </dev/null 2>&1; printf '%s\\n' '${done}'\n`);
      }),
  };
}
