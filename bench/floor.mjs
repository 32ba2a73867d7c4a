import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bareSocket } from "./bare-socket.mjs";
import { runNode } from "./process.mjs";

/** The floor as a process of its own: `mode` add makes what `script` says, lists only logs in and waits for the lists. */
export async function runBare(mode, { url, script, folder, login, window = 1 }) {
  const input = join(folder, "bare.json");
  await writeFile(input, JSON.stringify({ mode, url, login, window, ...script }));
  return runNode([new URL("./bare-run.mjs", import.meta.url).pathname, input]);
}

/** What the server holds, as the calls that would make it again, ids included: a new server counts from 1 too. */
export async function readBack({ url, login }) {
  const { socket, call, lists } = await bareSocket(url, login);
  const { tags } = await call("getTags");
  socket.disconnect();
  const derived = [
    "id",
    "path",
    "pathName",
    "childrenIDs",
    "tags",
    "maintenance",
    "forceInactive",
    "screenshot",
    "includeSensitiveData",
    "dns_last_result",
  ];
  const monitors = Object.values(lists.monitorList)
    .toSorted((left, right) => left.id - right.id)
    .map((row) => ({
      add: Object.fromEntries(Object.entries(row).filter(([key]) => !derived.includes(key))),
      tags: row.tags.map(({ tag_id: id, value }) => [id, value]),
    }));
  const notifications = lists.notificationList.map(({ config }) => JSON.parse(config));
  return { tags, monitors, notifications };
}
