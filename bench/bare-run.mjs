/** The floor: the same calls over one bare socket, with nothing known, checked or reported. */
import { readFileSync } from "node:fs";
import { bareSocket } from "./bare-socket.mjs";

const { mode, url, login, window, tags, monitors, notifications } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const bare = await bareSocket(url, login);
let writes = 0;
let bytes = 0;
bare.socket.io.engine.on("packet", ({ data }) => (bytes += data?.length ?? 0));

const call = async (event, ...args) => {
  writes += 1;
  const ack = await bare.call(event, ...args);
  if (ack.ok !== true) throw new Error(`${event}: ${JSON.stringify(ack)}`);
  return ack;
};

if (mode === "lists") await bare.call("getTags");
else {
  for (const { name, color } of tags) await call("addTag", { name, color });
  for (const notification of notifications) await call("addNotification", notification, null);
  // One at a time is the fastest where the server rebuilds its whole list for every add; a window suits the others.
  const queue = monitors.values();
  const worker = async () => {
    for (const monitor of queue) {
      const { monitorID } = await call("add", monitor.add);
      await Promise.all(monitor.tags.map(([id, value]) => call("addMonitorTag", id, monitorID, value)));
    }
  };
  await Promise.all(Array.from({ length: window }, worker));
}
bare.socket.disconnect();
process.stdout.write(JSON.stringify({ writes, bytes }));
