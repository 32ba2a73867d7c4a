import { io } from "socket.io-client";

/** A logged-in socket with the lists that a plan needs, as little code as can be. Rejects when the socket goes away. */
export async function bareSocket(url, { username, password }) {
  const socket = io(url, { transports: ["websocket"], reconnection: false });
  const gone = new Promise((_, reject) => {
    socket.once("connect_error", reject);
    socket.once("disconnect", (reason) => reject(new Error(`${url} closed the socket: ${reason}`)));
  });
  // Who closes it at the end does not want to hear of it.
  gone.catch(() => {});
  const whileOpen = (promise) => Promise.race([promise, gone]);
  const call = (event, ...args) => whileOpen(socket.emitWithAck(event, ...args));

  const lists = {};
  const arrived = Promise.all(
    ["monitorList", "notificationList"].map(
      (name) => new Promise((resolve) => socket.on(name, (list) => resolve((lists[name] = list)))),
    ),
  );
  await whileOpen(readiness(socket));
  const loggedIn = call("login", { username, password, token: "" }).then(
    (ack) => ack.ok === true || Promise.reject(new Error(`login: ${JSON.stringify(ack)}`)),
  );
  // 2.x answers only after the statistics of all monitors; who needs the lists has them long before
  // (docs/upstream/uptime-kuma.md#lists-after-login).
  await Promise.race([arrived, loggedIn.then(() => arrived), gone]);
  return { socket, call, lists };
}

/**
 * Ready for a login as src/kuma/socket/readiness.ts has it: `loginRequired` from 2.0 on; 1.23 says `info` alone, and answers.
 */
function readiness(socket) {
  return new Promise((resolve) => {
    socket.once("loginRequired", resolve);
    socket.once("info", () => setImmediate(() => void socket.emitWithAck("getTags").then(resolve, () => {})));
  });
}
