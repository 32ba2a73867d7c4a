import { writeSync } from "node:fs";

// Says the peak resident memory in kilobytes on descriptor 3 when the process ends.
process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
