import { access, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

interface CompilerEnv {
  /** False: a prebuilt binary is tried first, and compiling is the fallback. */
  readonly isCompiling: boolean;
  /** To be added to the environment of `npm rebuild`. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * How to get the native part of SQLite. With Node's headers beside Node and a compiler it is compiled, and nothing is
 * downloaded: neither headers nor a binary that no checksum vouches for. Otherwise the package's own installer decides.
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
      // Comes after the package's own -O3 and halves the time; the speed of SQLite does not matter here.
      CFLAGS: "-O1",
      CXXFLAGS: "-O1",
    },
  };
}

/** The installation prefix of the running Node, if its headers were installed with it. */
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
