const { writeSync } = require("node:fs");

// When the process ends: its computing time in microseconds and its peak resident memory in kilobytes, on descriptor 3.
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, `${userCPUTime + systemCPUTime} ${maxRSS}`);
});
