/**
 * One socket of the fake: pushes in the order of the version, handlers as the real server answers (§1.4, §2.1, §3.1).
 */
import type { Socket } from "socket.io";
import { isJsonObject } from "../../src/model/json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { hostHandlers } from "./fake-hosts.ts";
import { pause, sendInfo, sendLists, turn, type ConnectionContext } from "./fake-lists.ts";
import { maintenanceHandlers, maintenanceListJson } from "./fake-maintenance.ts";
import { getMonitorJson, isEffectivelyActive, monitorJson, monitorListJson, WedgedError } from "./fake-monitor-json.ts";
import { addMonitor, deleteMonitor, editMonitor } from "./fake-monitors.ts";
import { addNotification, deleteNotification, notificationListJson, sendTest } from "./fake-notifications.ts";
import { chartData } from "./fake-chart.ts";
import { storeSettings } from "./fake-settings.ts";
import { statusPageHandlers } from "./fake-status-pages.ts";
import { addMonitorTag, addTag, deleteMonitorTag, deleteTag, editMonitorTag, editTag } from "./fake-tags.ts";

type Answer = Json | undefined;
type Handler = (args: readonly Json[], answer: (answer: Json) => void) => Answer | Promise<Answer>;

const publicEvents = ["needSetup", "setup", "login", "loginByToken", "logout"];
/** Without a handler on 3.x: never answered (docs/upstream/uptime-kuma.md#uptime-kuma-3). */
const removedIn3 = new Set(["setup", "login", "loginByToken", "logout", "twoFAStatus"]);

/** Events without an answer stay unanswered: the caller waits until its own limit. */
export async function serveConnection(socket: Socket, context: ConnectionContext): Promise<void> {
  const { state, login, faults, isAuthDisabled } = context;
  const { traits } = state;
  if (faults.stalled === "connect") return;
  if (traits.hasCookieLogin) return await serveCookieConnection(socket, context);
  const needsSetup = login.user === undefined;
  if (traits.isOld && needsSetup) socket.emit("setup");
  if (!traits.isOld) {
    // Real servers await their settings before they attach handlers: what comes earlier is lost
    // (docs/upstream/uptime-kuma.md#events-sent-too-early).
    await turn();
    sendInfo(socket, context, false);
    if (needsSetup) socket.emit("setup");
  }
  attachHandlers(socket, context);
  if (traits.isOld) sendInfo(socket, context, false);
  if (isAuthDisabled) {
    await pause(faults.delayOf("autoLogin"));
    socket.data["isLoggedIn"] = true;
    if (traits.isOld) socket.emit("autoLogin");
    await sendLists(socket, context);
    if (!traits.isOld) socket.emit("autoLogin");
  } else if (!traits.isOld) socket.emit("loginRequired");
}

/** The cookie of the handshake decides (docs/upstream/uptime-kuma.md#sockets-of-3x). */
async function serveCookieConnection(socket: Socket, context: ConnectionContext): Promise<void> {
  const { login, auth, faults, isAuthDisabled, isSilent } = context;
  await turn();
  sendInfo(socket, context, false);
  if (isSilent) return;
  if (login.user === undefined && !auth.isSetupExpired) socket.emit("setup");
  await pause(faults.delayOf("session"));
  const isIn = isAuthDisabled || auth.hasSession(socket.handshake.headers.cookie);
  if (isIn && faults.stalled === "login") return;
  if (isIn) socket.emit("session", login.user?.username.toLowerCase() ?? "");
  socket.data["isLoggedIn"] = isIn;
  attachHandlers(socket, context);
  if (isIn) await sendLists(socket, context);
  else socket.emit("loginRequired");
}

function attachHandlers(socket: Socket, context: ConnectionContext): void {
  const { faults, log, state } = context;
  for (const [event, handler] of Object.entries(handlersOf(socket, context))) {
    if (state.traits.hasCookieLogin && removedIn3.has(event)) continue;
    socket.on(event, async (...received: unknown[]) => {
      const ack = received.find((item) => typeof item === "function") as ((answer: Json) => void) | undefined;
      const args = received.filter((item) => typeof item !== "function") as Json[];
      log.push({ event, args });
      const fault = faults.next(event);
      if (fault === "disconnectBefore") {
        socket.disconnect(true);
        return;
      }
      if (fault === "stall") faults.stall();
      await faults.resumed;
      await pause(faults.delayOf(event));
      const answer = (value: Json): void => {
        if (fault === "disconnectAfter") socket.disconnect(true);
        else if (fault === "delayAck") setTimeout(() => ack?.(value), faults.pauseMs);
        else if (fault !== "dropAck") ack?.(value);
      };
      try {
        if (!publicEvents.includes(event) && socket.data["isLoggedIn"] !== true)
          throw new Error("You are not logged in.");
        const refusal = faults.refusalOf(event);
        if (refusal !== undefined) throw new Error(refusal(args));
        if (fault === "refuse") throw new Error(faults.reason);
        const run = (): ReturnType<Handler> =>
          handler(
            args.map((arg) => faults.stored(arg)),
            answer,
          );
        const value = await (fault === "losePush" ? faults.mute(run) : run());
        if (value !== undefined) answer(value);
      } catch (error) {
        // A loop without end: no answer (docs/upstream/uptime-kuma.md#groups).
        if (!(error instanceof WedgedError)) answer({ ok: false, msg: (error as Error).message });
      }
    });
  }
}

function handlersOf(socket: Socket, context: ConnectionContext): Readonly<Record<string, Handler>> {
  const { state, login, faults, push, check } = context;
  const { isOld, isValidating } = state.traits;
  const done = (key: string, english: string): JsonObject =>
    isOld ? { ok: true, msg: english } : { ok: true, msg: key, msgi18n: true };
  const pushMonitor = (id: number): void => {
    if (isOld) push("monitorList", monitorListJson(state));
    else push("updateMonitorIntoList", { [id]: monitorJson(state, id) });
  };
  // See docs/upstream/uptime-kuma.md#upgrade-to-3x.
  const isOwnerless = (kind: "monitor" | "notification", id: Json | undefined): boolean =>
    state.ownerless.has(`${kind} ${Number(id)}`);
  const owned = (id: Json | undefined): number => {
    if (!state.monitors.has(Number(id)) || isOwnerless("monitor", id)) throw new Error("You do not own this monitor.");
    return Number(id);
  };
  const enter = async (reply: Json, answer: (reply: Json) => void): Promise<Answer> => {
    if (!isJsonObject(reply) || reply["ok"] !== true) return reply;
    if (faults.stalled === "login") return undefined;
    socket.data["isLoggedIn"] = true;
    if (isOld) answer(reply);
    await sendLists(socket, context);
    if (!isOld) answer(reply);
    return undefined;
  };
  const tagLink =
    (change: typeof addMonitorTag): Handler =>
    ([tagId, monitorId, value = null]) => {
      change(state, Number(tagId), Number(monitorId), value);
      // 2.0 and 1.23 tell nobody (§5).
      if (isValidating && state.monitors.has(Number(monitorId))) pushMonitor(Number(monitorId));
      return done("successEdited", "Edited Successfully.");
    };
  return {
    needSetup: () => login.user === undefined && !context.auth.isSetupExpired,
    setup: ([username = null, password = null]) => login.setup(username, password),
    login: ([data = null], answer) => {
      const reply = login.login(data);
      return reply === undefined ? undefined : enter(reply, answer);
    },
    loginByToken: ([token = null], answer) => enter(login.loginByToken(token), answer),
    twoFAStatus: () => ({ ok: true, status: login.user?.totpSecret !== undefined }),
    getSettings: () => ({ ok: true, data: { ...state.settings } }),
    setSettings: (args, answer) => {
      storeSettings(state, login, args);
      // Without the password the server looks for its ack where the password should be (§7.5).
      if (args.length < 2) return undefined;
      answer(done("Saved.", "Saved"));
      sendInfo(socket, context, true);
      push("maintenanceList", maintenanceListJson(state));
      return undefined;
    },
    ...(isOld ? {} : { getMonitorChartData: ([id, period]) => ({ ok: true, data: chartData(state, id, period) }) }),
    ...statusPageHandlers(state),
    ...maintenanceHandlers(state, push, done),
    getTags: () => ({ ok: true, tags: [...state.tags.values()].map((tag) => ({ ...tag })) }),
    getMonitor: ([id]) => {
      if (!state.monitors.has(Number(id)) || isOwnerless("monitor", id)) {
        throw new TypeError(`Cannot read properties of null (reading '${isOld ? "toJSON" : "id"}')`);
      }
      return { ok: true, monitor: getMonitorJson(state, Number(id)) };
    },
    getMonitorList: () => {
      push("monitorList", monitorListJson(state));
      return { ok: true };
    },
    add: ([monitor]) => {
      if (!isJsonObject(monitor)) return undefined;
      const id = addMonitor(state, monitor);
      pushMonitor(id);
      if (monitor["active"] !== false) check(id);
      return { ...done("successAdded", "Added Successfully."), monitorID: id };
    },
    editMonitor: ([monitor]) => {
      if (!isJsonObject(monitor)) return undefined;
      if (isOwnerless("monitor", monitor["id"])) throw new Error("Permission denied.");
      const id = editMonitor(state, monitor);
      if (isEffectivelyActive(state, id)) check(id);
      pushMonitor(id);
      return { ...done("Saved.", "Saved."), monitorID: id };
    },
    deleteMonitor: ([id = null, extra], answer) => {
      const children = isOwnerless("monitor", id) ? [] : deleteMonitor(state, Number(id));
      // Up to 2.0 the extra argument stands where the ack is looked for (§3.9).
      if (extra !== undefined && !isValidating) return undefined;
      if (isValidating) for (const child of children) pushMonitor(child);
      answer(done("successDeleted", "Deleted Successfully."));
      if (isOld) push("monitorList", monitorListJson(state));
      else push("deleteMonitorFromList", id);
      return undefined;
    },
    pauseMonitor: ([id]) => {
      const row = state.monitors.get(owned(id));
      if (row !== undefined) row["active"] = 0;
      pushMonitor(Number(id));
      return done("successPaused", "Paused Successfully.");
    },
    resumeMonitor: ([id]) => {
      const row = state.monitors.get(owned(id));
      if (row !== undefined) row["active"] = 1;
      check(Number(id));
      pushMonitor(Number(id));
      return done("successResumed", "Resumed Successfully.");
    },
    addTag: ([tag = null]) => ({ ok: true, tag: { ...addTag(state, tag) } }),
    editTag: ([tag = null]) => {
      const edited = editTag(state, tag);
      if (edited === undefined) return { ok: false, msg: isOld ? "Tag not found" : "tagNotFound" };
      return { ...done("Saved.", "Saved"), tag: { ...edited } };
    },
    deleteTag: ([id]) => {
      deleteTag(state, Number(id));
      return done("successDeleted", "Deleted Successfully.");
    },
    addMonitorTag: tagLink(addMonitorTag),
    editMonitorTag: tagLink(editMonitorTag),
    deleteMonitorTag: tagLink(deleteMonitorTag),
    addNotification: ([config, id = null]) => {
      if (!isJsonObject(config)) throw new TypeError("Cannot read properties of null (reading 'name')");
      if (isOwnerless("notification", id)) throw new Error("notification not found");
      const newId = addNotification(state, config, id);
      push("notificationList", notificationListJson(state));
      return { ...done("Saved.", "Saved"), id: newId };
    },
    deleteNotification: ([id]) => {
      if (isOwnerless("notification", id)) throw new Error("notification not found");
      deleteNotification(state, Number(id));
      push("notificationList", notificationListJson(state));
      return done("successDeleted", "Deleted");
    },
    testNotification: async ([config]) => ({ ok: true, msg: await sendTest(config) }),
    ...hostHandlers(state, push, done),
  };
}
