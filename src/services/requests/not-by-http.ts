import { plainAddress } from "../blocks/connection-string.ts";
import type { ServiceDoctor } from "../diagnosis.ts";

/** The doctor of a service that is not asked by HTTP: it asks nothing, and says what to try by hand. */
export function notByHttp(title: string, steps: readonly string[]): ServiceDoctor {
  return {
    recognise: () => Promise.resolve(undefined),
    diagnose: (_port, { url }) =>
      Promise.resolve({
        url: plainAddress(typeof url === "string" ? url : ""),
        version: undefined,
        requests: [],
        advice: [
          {
            code: "not-asked",
            severity: "info",
            message: `nothing was asked: doctor speaks HTTP alone, and ${title} does not`,
            steps,
          },
        ],
      }),
  };
}
