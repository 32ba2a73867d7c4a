import { afterAll, describe, expect, it } from "vitest";
import { openLab } from "../../src/query/lab.ts";
import { builtChild } from "./built-child.ts";
import { vectors, vectorServers } from "./vectors.ts";

const lab = openLab({ entry: builtChild() });
afterAll(() => lab.close());

describe.each(vectorServers)("the verdicts of Uptime Kuma %s", (server) => {
  it("has each vector's status, and its message unless that quotes the JavaScript engine", async () => {
    const judgements = await lab.run(
      vectors.map(({ query, operator, expected, response, content_type: contentType }) => ({
        query,
        operator,
        expected,
        body: response,
        server,
        ...(contentType !== undefined && { contentType }),
      })),
    );
    const differing = vectors.flatMap((vector, index): readonly unknown[] => {
      const judgement = judgements[index];
      const told = vector.verdict[server];
      if (told === undefined || judgement === undefined) return [vector.id];
      const isSame =
        judgement.status.toUpperCase() === told.status &&
        (vector.engine_message === true || judgement.message === told.message);
      return isSame ? [] : [{ id: vector.id, told, judgement }];
    });
    expect(judgements).toHaveLength(vectors.length);
    expect(differing).toEqual([]);
  });
});
