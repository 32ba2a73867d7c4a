/** Where an API key is kept: in a file of its own, or in one line of a file that a shell or container reads. */
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { reasonOf } from "../../model/system-reason.ts";
import { UsageError } from "../../model/errors.ts";
import type { Run } from "../../run/run.ts";
import { prepareSecretFile, writeOver, type FileContext } from "../files/write-files.ts";

export interface ApiKeyFileFlags {
  readonly keyFile?: string;
  /** The file holds `NAME=value` lines; this is the name of the key's line. */
  readonly keyName?: string;
}

export interface ApiKeyFile {
  /** As the user wrote it. */
  readonly path: string;
  /** Describes where the key is. */
  readonly label: string;
  /** The key of an earlier run. */
  read(): Promise<string | undefined>;
  /** Creates the file and lets only its owner read it. Throws MachineError if it could not be written later. */
  prepare(): Promise<void>;
  write(key: string): Promise<void>;
  /** Removes a file that `prepare` created and that nothing was written to. */
  discard(): Promise<void>;
}

/** Throws UsageError if no file is named. */
export function openApiKeyFile({ context, flags }: Run<ApiKeyFileFlags>): ApiKeyFile {
  const { keyFile, keyName } = flags;
  if (keyFile === undefined) {
    throw new UsageError("there is no place for the key", "give --key-file: a key is not shown on the terminal");
  }
  return fileAt(context, keyFile, keyName === undefined ? wholeFile : lineOf(keyName));
}

/** How the file holds the key. */
interface KeyFormat {
  readonly label: string;
  keyIn(text: string): string;
  withKey(text: string, key: string): string;
}

const wholeFile: KeyFormat = {
  label: "",
  keyIn: (text) => text.trim(),
  withKey: (_, key) => `${key}\n`,
};

/** `NAME=value`, also after `export`. Other lines are not changed. */
function lineOf(name: string): KeyFormat {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name)) {
    throw new UsageError("that cannot be the name of a variable", "letters, digits and underscores, no digit first");
  }
  const line = new RegExp(`^((?:export[ \\t]+)?${name}=)(.*)$`, "mu");
  return {
    label: ` as ${name}`,
    keyIn: (text) => (line.exec(text)?.[2] ?? "").trim().replaceAll(/^(["'])(.*)\1$/gu, "$2"),
    withKey: (text, key) => {
      if (line.test(text)) return text.replace(line, (_, start: string) => start + key);
      return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${name}=${key}\n`;
    },
  };
}

function fileAt(context: FileContext, path: string, format: KeyFormat): ApiKeyFile {
  const absolute = resolve(context.cwd, path);
  const read = async (): Promise<string> => {
    try {
      return await readFile(absolute, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
      throw new UsageError(`--key-file: cannot read "${path}": ${reasonOf(error)}`);
    }
  };
  let isOwn = false;
  return {
    path,
    label: format.label,
    read: async () => format.keyIn(await read()) || undefined,
    prepare: async () => {
      isOwn = !existsSync(absolute);
      await prepareSecretFile(context, path);
    },
    write: async (key) => {
      await writeOver(context, path, format.withKey(await read(), key), { isSecret: true });
      isOwn = false;
    },
    discard: async () => {
      if (isOwn && (await read()) === "") await rm(absolute, { force: true });
    },
  };
}
