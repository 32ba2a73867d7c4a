import { access, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

interface CompilerEnv {
  /** True: always compile. False: the package's installer tries a prebuilt binary first. */
  readonly isCompiling: boolean;
  /** Added to the environment of `npm rebuild`. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * How to get the native part of SQLite. With a compiler and with Node's headers beside Node, it is compiled without
 * downloads: no headers, and no binary that has no checksum. Otherwise the package's own installer decides.
 */
export async function compilerEnv(env: NodeJS.ProcessEnv): Promise<CompilerEnv> {
  const nodedir = env["npm_config_nodedir"] ?? (await headersPrefix());
  const tools = await Promise.all(["python3", "make", "c++"].map((tool) => isOnPath(tool, env["PATH"] ?? "")));
  if (nodedir === undefined || tools.includes(false)) return { isCompiling: false, env: {} };
  return {
    isCompiling: true,
    env: {
      npm_config_nodedir: nodedir,
      npm_config_build_from_source: "true",
      // Overrides the package's -O3 and halves the time; the speed of SQLite does not matter here.
      CFLAGS: "-O1",
      CXXFLAGS: "-O1",
    },
  };
}

/** The installation prefix of the running Node; undefined if its headers were not installed with it. */
async function headersPrefix(): Promise<string | undefined> {
  const prefix = dirname(dirname(await realpath(process.execPath)));
  return (await canAccess(join(prefix, "include", "node", "node_api.h"))) ? prefix : undefined;
}

async function isOnPath(tool: string, path: string): Promise<boolean> {
  const found = await Promise.all(path.split(delimiter).map((folder) => canAccess(join(folder, tool))));
  return found.includes(true);
}

async function canAccess(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
