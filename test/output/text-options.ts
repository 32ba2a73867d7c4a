import { createStyle, type TextOptions } from "../../src/output/style.ts";

/** As on a terminal that shows more than ASCII, with the colours left out to keep golden files readable. */
export const onTerminal: TextOptions = { style: createStyle({ color: false, unicode: true }), width: 100 };

/** As in a file or a pipe. */
export const inPipe: TextOptions = { style: createStyle({ color: false, unicode: false }), width: 100 };
