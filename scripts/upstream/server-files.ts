import type { Checkout, SourceFile } from "./checkout.ts";

/** The server's own code, without its copies of other people's. */
export function serverFiles(checkout: Checkout): readonly SourceFile[] {
  return checkout.filesBelow("server", /\.[jt]s$/u).filter(({ path }) => !/\/modules\/|\.d\.ts$/u.test(path));
}
