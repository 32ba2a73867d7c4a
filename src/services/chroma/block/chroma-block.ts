/** The short block of a Chroma, and the monitors that it stands for (docs/upstream/services.md#chroma). */
import type { JsonObject } from "../../../model/json.ts";
import { addressProblems, addressSchema, baseUrl, blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { queryMonitor, statusMonitor, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import type { MadeBlock } from "../../service.ts";

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenChroma extends CommonKeys {
  readonly url: string;
  readonly tenant?: string;
  readonly database?: string;
  readonly probe?: { readonly collection: string; readonly write?: boolean };
}

const part = { type: "string", pattern: "^[A-Za-z0-9._-]+$" } as const;

export const chromaProperties: Readonly<Record<string, JsonObject>> = {
  url: addressSchema("Chroma", "http://chroma:8000"),
  tenant: { ...part, default: "default_tenant", title: "Tenant", description: "The tenant whose database is watched." },
  database: { ...part, default: "default_database", title: "Database", description: "The database that is watched." },
  probe: {
    type: "object",
    additionalProperties: false,
    required: ["collection"],
    properties: {
      collection: {
        type: "string",
        pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        title: "Collection",
        description: "Its id, as the answer to its creation says it. The page of the service says how to make one.",
        examples: ["18a43ea2-429b-488b-ab71-cc95b223ac85"],
      },
      write: {
        type: "boolean",
        default: false,
        title: "Write",
        description: "Also write one entry, always the same. Nothing else sees a full disk.",
      },
    },
    title: "Probe",
    description: "A collection of entries with three numbers that is there for monitoring alone: it is searched.",
    examples: [{ collection: "18a43ea2-429b-488b-ab71-cc95b223ac85", write: true }],
  },
};

/** Below the address. */
export function databasePath({ tenant = "default_tenant", database = "default_database" }: WrittenChroma): string {
  return `/api/v2/tenants/${tenant}/databases/${database}`;
}

export const probeQuery: JsonObject = { query_embeddings: [[1, 0, 0]], n_results: 1 };
export const probeEntry: JsonObject = { ids: ["probe"], embeddings: [[0, 0, 1]], documents: ["p"] };

export function makeChroma(key: string, written: WrittenChroma): MadeBlock {
  const block: AskedService = {
    name: blockName("Chroma", key, written.name),
    url: baseUrl(written.url),
    headers: undefined,
  };
  return {
    name: block.name,
    monitors: [
      queryMonitor({
        block,
        key: "health",
        title: "health",
        path: "/api/v2/heartbeat",
        query: '$exists($."nanosecond heartbeat")',
        fields: { interval: 60, timeout: 10, maxRetries: 2, retryInterval: 60 },
      }),
      queryMonitor({
        block,
        key: "collections",
        title: "collections",
        path: `${databasePath(written)}/collections_count`,
        query: "$type($) = 'number' and $ >= 1",
        fields: { interval: 300, timeout: 15, maxRetries: 1, retryInterval: 60 },
      }),
      ...probeMonitors(block, written),
    ],
    problems: addressProblems(written.url, ["api", "docs"]),
  };
}

function probeMonitors(block: AskedService, written: WrittenChroma): readonly MadeMonitor[] {
  const { probe } = written;
  if (probe === undefined) return [];
  const path = `${databasePath(written)}/collections/${probe.collection}`;
  const query = queryMonitor({
    block,
    key: "query",
    title: "query",
    path: `${path}/query`,
    query: "$count(ids[0]) > 0",
    fields: { method: "POST", body: probeQuery, interval: 300, timeout: 15, maxRetries: 1, retryInterval: 60 },
    origins: { "": "/probe", "/url": "/probe/collection" },
  });
  if (probe.write !== true) return [query];
  // The answer is an empty object, so only its status says something.
  const write = statusMonitor({
    block,
    key: "write",
    title: "write",
    path: `${path}/upsert`,
    fields: { method: "POST", body: probeEntry, interval: 600, timeout: 20, maxRetries: 1, retryInterval: 60 },
    origins: { "": "/probe/write", "/url": "/probe/collection" },
  });
  return [query, write];
}
