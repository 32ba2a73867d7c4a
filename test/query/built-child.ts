/**
 * The evaluation process runs JavaScript, the tests run the sources. These are built from the sources as they are now, so
 * that a test never talks to yesterday's build.
 */
import { basename, join } from "node:path";
import { buildOnce } from "../setup/build-once.ts";

/** The script of the evaluation process. */
export function builtChild(): string {
  return builtModule("child/child");
}

/** A module of `src/query/`, for example `lab`, as one file. */
export function builtModule(name: string): string {
  return join(buildOnce([], [`src/query/${name}.ts`]), "dist", `${basename(name)}.js`);
}
