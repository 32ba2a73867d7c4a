/** What kuma-sync knows of Chroma. */
import type { Service } from "../service.ts";
import { chromaProperties, makeChroma, type WrittenChroma } from "./block/chroma-block.ts";
import { chromaClaims } from "./facts/claims.ts";
import { checkChroma } from "./rules/check-chroma.ts";
import { chromaInstances } from "./rules/chroma-requests.ts";
import { chromaSamples } from "./samples/chroma-samples.ts";

export const service: Service = {
  block: {
    properties: chromaProperties,
    required: ["url"],
    example: {
      type: "chroma",
      url: "http://chroma:8000",
      probe: { collection: "18a43ea2-429b-488b-ab71-cc95b223ac85" },
    },
    // The schema was checked before.
    make: (key, written) => makeChroma(key, written as unknown as WrittenChroma),
  },
  claims: chromaClaims,
  instances: chromaInstances,
  check: checkChroma,
  samples: chromaSamples,
};
