import { io } from "socket.io-client";

/** A logged-in socket with the lists that a plan needs, as little code as can be. */
export async function bareSocket(url, { username, password }) {
  const socket = io(url, { transports: ["websocket"], reconnection: false });
  const lists = {};
  const arrived = Promise.all(
    ["monitorList", "notificationList"].map(
      (name) => new Promise((resolve) => socket.on(name, (list) => resolve((lists[name] = list)))),
    ),
  );
  await new Promise((resolve, reject) => {
    socket.once("info", resolve);
    socket.once("connect_error", reject);
  });
  const ack = await socket.emitWithAck("login", { username, password, token: "" });
  if (ack.ok !== true) throw new Error(JSON.stringify(ack));
  await arrived;
  return { socket, lists };
}
