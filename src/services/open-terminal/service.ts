/** What kuma-sync knows of Open Terminal. */
import type { Service } from "../service.ts";
import { makeOpenTerminal, openTerminalProperties, type WrittenOpenTerminal } from "./block/open-terminal-block.ts";
import { openTerminalClaims } from "./facts/claims.ts";
import { checkOpenTerminal } from "./rules/check-open-terminal.ts";
import { openTerminalInstances } from "./rules/open-terminal-requests.ts";
import { openTerminalSamples } from "./samples/open-terminal-samples.ts";

export const service: Service = {
  block: {
    properties: openTerminalProperties,
    required: ["url"],
    example: { type: "open-terminal", url: "http://open-terminal:8000", apiKey: "${env:OPEN_TERMINAL_API_KEY}" },
    // The schema was checked before.
    make: (key, written) => makeOpenTerminal(key, written as unknown as WrittenOpenTerminal),
  },
  claims: openTerminalClaims,
  instances: openTerminalInstances,
  check: checkOpenTerminal,
  samples: openTerminalSamples,
};
