/** Every vector over HTTP: what the probe says is what real servers said as the first heartbeat. */
import { expect, test } from "vitest";
import { probeAll } from "../../src/probe/probe-all.ts";
import { vectors, vectorServers } from "../query/vectors.ts";
import { monitorOf } from "./monitors.ts";
import { labOfFile } from "./probing.ts";
import { target } from "./target.ts";

const lab = labOfFile();

test.each(vectorServers)("%s", { timeout: 60_000 }, async (server) => {
  const { url } = await target(({ path }, response) => {
    const vector = vectors[Number(path.slice(1))];
    const contentType = vector?.content_type ?? "application/json";
    response.writeHead(200, contentType === "" ? {} : { "content-type": contentType }).end(vector?.response);
  });
  const monitors = vectors.map(({ query, operator, expected }, index) => {
    const { spec, sensitive } = monitorOf({ type: "json-query", url: `${url}/${index}`, expectedValue: "" });
    return { spec: { ...spec, jsonPath: query, jsonPathOperator: operator, expectedValue: expected }, sensitive };
  });
  const results = await probeAll(monitors, { server, lab, perHost: 10 });
  const differing = vectors.flatMap((vector, index): readonly unknown[] => {
    const told = vector.verdict[server];
    const result = results[index];
    if (told === undefined || result === undefined || result.status === "skipped") return [vector.id];
    const isSame =
      result.status.toUpperCase() === told.status &&
      (vector.engine_message === true || result.message === told.message);
    return isSame ? [] : [{ id: vector.id, told, result }];
  });
  expect(results).toHaveLength(vectors.length);
  expect(differing).toEqual([]);
});
