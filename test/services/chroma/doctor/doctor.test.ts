import { describe, expect, it } from "vitest";
import { doctor } from "../../../../src/services/chroma/doctor/doctor.ts";
import { askOnce } from "../../../../src/services/requests/ask-once.ts";
import { recordedPort, type RequestNames } from "../../recorded-port.ts";

const url = "http://chroma:8000";
const collection = "18a43ea2-429b-488b-ab71-cc95b223ac85";
const path = "/api/v2/tenants/default_tenant/databases/default_database";
const names: RequestNames = {
  "GET /api/v2/heartbeat": "heartbeat",
  [`GET ${path}/collections_count`]: "collections_count",
  [`POST ${path}/collections/${collection}/query`]: "query",
  [`POST ${path}/collections/${collection}/upsert`]: "write",
};

async function codesOf(state: string, block: object): Promise<readonly string[]> {
  const { advice } = await doctor.diagnose(
    recordedPort("chroma", state, names),
    { url, ...block },
    {
      wantsCompletions: false,
    },
  );
  return advice.map(({ code, message }) => `${code}: ${message}`);
}

function seen(more: RequestNames): ReturnType<typeof doctor.recognise> {
  return doctor.recognise(askOnce(recordedPort("chroma", "healthy", { ...names, ...more }), url));
}

describe("the doctor of a Chroma", () => {
  const probe = { collection, write: true };

  it.each([
    ["healthy", []],
    ["healthy-empty", [expect.stringContaining("storage-empty")]],
    ["storage-gone", [expect.stringMatching(/^database-down: it cannot search .* \(status 500\): .*code: 14/u)]],
    ["db-corrupt", [expect.stringContaining("cannot count"), expect.stringContaining("cannot search")]],
    ["disk-full", [expect.stringMatching(/searched but not written \(status 500\): .*full/u)]],
    ["writes-stuck", [expect.stringContaining("searched but not written (no answer, ETIMEDOUT)")]],
    ["gone", [expect.stringContaining("unreachable")]],
  ])("says of the state %s", async (state, expected) => {
    expect(await codesOf(state, { probe })).toEqual(expected);
  });

  it("says that the collection of the probe is gone", async () => {
    const other = "00000000-429b-488b-ab71-cc95b223ac85";
    expect(await codesOf("healthy", { probe: { collection: other } })).toEqual([
      "probe-missing: the collection of the probe is not there",
    ]);
  });

  it("recognises a Chroma by its heartbeat", async () => {
    expect(await seen({})).toEqual({ version: undefined });
    expect(await seen({ "GET /api/v2/heartbeat": "healthcheck" })).toBeUndefined();
  });
});
