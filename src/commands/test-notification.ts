/** `notifications test KEY`: a test message by a notification as it is declared, applied or not. */
import { testNotification, type NotificationTest } from "../apply/test-notification.ts";
import type { Config } from "../config/config.ts";
import { toDesired } from "../config/desired.ts";
import { connect } from "../kuma/connect.ts";
import { entityKey, localKey, type DesiredEntity, type EntityKey } from "../model/entity.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { guess } from "../model/guess.ts";
import { isWithin } from "../model/json.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { renderNotificationTest } from "../output/human/notification-test.ts";
import { createDocument } from "../output/json.ts";
import type { NotificationTestBody } from "../model/document-bodies.ts";
import { secretsOf } from "../secrets/object-secrets.ts";
import { readConfiguration, refuseInvalid } from "../workflows/configuration/configuration.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { untilAborted, type Context } from "../run/context.ts";
import type { ConfigFlags, OutputFlags, ServerFlags, TargetFlag } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { createTerminal, type Terminal } from "../run/terminal.ts";
import { placesOf } from "../output/document-places.ts";

export type TestNotificationFlags = ConfigFlags & OutputFlags & ServerFlags & TargetFlag;

/** `name` is a key among the notifications, `oncall` or `notification/oncall`. */
export async function runTestNotification(
  context: Context,
  name: string,
  flags: TestNotificationFlags,
): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  refuseUntrusted("notifications test", context);
  const config = await readConfiguration(flags, context, "real");
  if (hasErrors(withoutServerDependent(config.findings)))
    return refuseInvalid(config, config.findings, { context, terminal, reports: [] });
  const key = declaredKey(config, name);
  const client = await connect(await readConnection(flags, context, terminal, config));
  try {
    // What else this server is too old for is no matter here.
    const { desired, findings } = toDesired(config, client.server);
    const own = findings.filter(({ entity }) => entity === key);
    if (hasErrors(own)) return refuseInvalid(config, own, { context, terminal, reports: [] });
    const notification = desired.entities.get(key) as DesiredEntity;
    // Providers like to quote, in what they refuse, the address with the token in it.
    context.redactor.add(secretsOf(notification.spec, notification.sensitive));
    terminal.status(`sending a test message by ${key}`);
    const tested = await untilAborted(testNotification(client, notification), context.signal);
    return finish({ tested, notification, client, config }, terminal);
  } finally {
    terminal.clearStatus();
    await client.close();
  }
}

function declaredKey({ entities }: Config, name: string): EntityKey {
  const key = entityKey("notification", name.replace(/^notification\//u, ""));
  const declared = entities.filter(({ kind }) => kind === "notification").map((entity) => localKey(entity.key));
  if (declared.includes(localKey(key))) return key;
  const near = guess(localKey(key), declared);
  const list = declared.length === 0 ? "the configuration declares none" : `declared are ${declared.join(", ")}`;
  throw new UsageError(
    `no notification has the key "${localKey(key)}"`,
    near === undefined ? list : `did you mean "${near}"?`,
  );
}

interface Tested {
  readonly tested: NotificationTest;
  readonly notification: DesiredEntity;
  readonly client: KumaClient;
  readonly config: Config;
}

function finish({ tested, notification, client, config }: Tested, terminal: Terminal): Outcome {
  const outcome: Outcome = tested.result === "sent" ? { type: "done" } : { type: "not-up" };
  const { key, name, sensitive, spec } = notification;
  const { url, version } = client.server;
  const body: NotificationTestBody = {
    project: config.project,
    server: { url, version },
    key,
    ...(isWithin("/name", sensitive) ? {} : { name }),
    provider: typeof spec["type"] === "string" ? spec["type"] : "",
    ...tested,
  };
  terminal.clearStatus();
  const document = createDocument("notification-test", outcome, body);
  terminal.print(renderNotificationTest(terminal.withoutSecrets(document, placesOf(document)), terminal.out));
  terminal.printDocument(document);
  return outcome;
}
