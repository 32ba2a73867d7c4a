import { expect, test } from "vitest";
import { watchServerEnd } from "../../../../src/kuma/bootstrap/mariadb/watch-server-end.ts";

/** The looks of a watch over these lists of connections; the first list is what the wizard left. */
async function looks(...lists: readonly (readonly number[] | undefined)[]): Promise<readonly boolean[]> {
  const rest = [...lists];
  const hasEnded = await watchServerEnd({ connections: async () => rest.shift() });
  const found: boolean[] = [];
  while (rest.length > 0) found.push(await hasEnded());
  return found;
}

test("a server whose connections are gone for four looks has ended", async () => {
  expect(await looks([3], [7, 8], [7, 8], [], [], [], [])).toEqual([false, false, false, false, false, true]);
});

test("the wizard's own connection is not the server's", async () => {
  expect(await looks([3], [3], [], [], [], [], [])).not.toContain(true);
});

test("a server that has not connected yet has not ended", async () => {
  expect(await looks([], [], [], [], [], [], [], [9])).not.toContain(true);
});

test("a server that comes back was not gone", async () => {
  expect(await looks([], [9], [], [], [], [12], [], [])).not.toContain(true);
});

test("a database that does not answer says nothing about the server", async () => {
  expect(await looks([], [9], undefined, undefined, undefined, undefined, undefined)).not.toContain(true);
});
