/**
 * A fake server that checks http and keyword monitors as they are stored, and sends their webhooks, in the order of the real one:
 * the notification first, then the heartbeat.
 */
import type { JsonObject } from "../../src/model/json.ts";
import { isAcceptedStatus } from "../../src/probe/http/accepted-status.ts";
import { openWorkspace, type Workspace } from "../commands/workspace.ts";
import { textOf } from "../fakes/fake-state.ts";
import type { FakeKumaOptions, FakeVerdict } from "../fakes/kuma-server.ts";

type Checked = Parameters<NonNullable<FakeKumaOptions["verdict"]>>[0];

export interface Wrongs {
  /** What the server shows in place of what it found. */
  readonly show?: (monitor: Checked, found: FakeVerdict) => FakeVerdict;
  /** It sends no notification. */
  readonly isSilent?: boolean;
}

/** Gone when the test is over. */
export async function openCheckingWorkspace(yaml: string, { show, isSilent = false }: Wrongs = {}): Promise<Workspace> {
  const before = new Map<number, number>();
  const workspace = await openWorkspace(yaml, {
    verdict: async (monitor) => {
      const found = await check(monitor);
      const verdict = show?.(monitor, found) ?? found;
      const isNews = verdict.status === 0 ? before.get(monitor.id) !== 0 : before.get(monitor.id) === 0;
      before.set(monitor.id, verdict.status);
      if (isNews && !isSilent) await notify(workspace, monitor, verdict);
      return verdict;
    },
  });
  return workspace;
}

async function check({ type, url, keyword, accepted_statuscodes_json: codes }: Checked): Promise<FakeVerdict> {
  try {
    const response = await fetch(textOf(url));
    const body = await response.text();
    if (!isAcceptedStatus(response.status, JSON.parse(textOf(codes)) as string[])) {
      return { status: 0, msg: `Request failed with status code ${response.status}` };
    }
    if (type !== "keyword" || body.includes(textOf(keyword))) return { status: 1, msg: `${response.status} - OK` };
    return { status: 0, msg: `200 - OK, but keyword is not in [${body}]` };
  } catch {
    return { status: 0, msg: "connect ECONNREFUSED" };
  }
}

async function notify({ kuma }: Workspace, { id, name }: Checked, { status, msg }: FakeVerdict): Promise<void> {
  const links = kuma.links.filter(({ monitorId }) => monitorId === id);
  for (const { notificationId } of links) {
    const config = JSON.parse(kuma.notifications.get(notificationId)?.config ?? "{}") as JsonObject;
    if (config["type"] !== "webhook") continue;
    const text = `[${textOf(name)}] [${status === 0 ? "Down" : "Up"}] ${msg}`;
    const body = JSON.stringify({ heartbeat: { monitorID: id, status, msg }, monitor: { id, name }, msg: text });
    await fetch(textOf(config["webhookURL"]), { method: "POST", body }).catch(() => undefined);
  }
}
