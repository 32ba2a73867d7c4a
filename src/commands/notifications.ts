/** `notifications test KEY`: sends a test message by a notification as it is declared, whether it is applied or not. */
import { silenced } from "../config/silencing/silencing.ts";
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
import { secretsOf } from "../secrets/object-secrets.ts";
import { placesOf } from "../output/document-places.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { renderNotificationTest } from "../output/human/notifications.ts";
import { createDocument } from "../output/json.ts";
import type { NotificationTestBody } from "../model/document-bodies.ts";
import { readConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { CommandDefinition } from "../run/command.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { addConfigFlags, addOutputFlags, addServerFlags, addTargetFlag } from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, ServerFlags, TargetFlag } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import type { Run } from "../run/run.ts";

interface NotificationTestFlags extends ConfigFlags, OutputFlags, ServerFlags, TargetFlag {
  /** Key of a notification: `oncall` or `notification/oncall`. */
  readonly key: string;
}

export const notificationsCommand: CommandDefinition<NotificationTestFlags> = {
  help: `
Example:
  kuma-sync notifications test oncall         the server sends a test message

Exit codes: 0 sent, 9 the provider refused it.
`,
  declare: (command) =>
    addOutputFlags(
      addTargetFlag(
        addServerFlags(
          addConfigFlags(
            command
              .helpCommand(false)
              .command("test")
              .description("send a test message, by the server")
              .argument("<key>", "the key of a declared notification, applied or not"),
          ),
        ),
      ),
    ),
  run: runNotificationTest,
};

async function runNotificationTest(run: Run<NotificationTestFlags>): Promise<Outcome> {
  const { context, terminal } = run;
  refuseUntrusted(run, "notifications test");
  const config = await readConfiguration(run, "real");
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(run, config, config.findings);
  const key = declaredKey(config, run.flags.key);
  const client = await connect(await readConnection(run, config));
  try {
    // Findings about other objects that this server is too old for do not matter here.
    const { desired, findings } = toDesired(config, client.server);
    const own = silenced(findings, config.silencing).filter(({ entity }) => entity === key);
    if (hasErrors(own)) return refuseInvalid(run, config, own);
    const notification = desired.entities.get(key) as DesiredEntity;
    // A provider that refuses a message may quote the address, which can contain the token.
    context.redactor.add(secretsOf(notification.spec, notification.sensitive));
    terminal.status(`sending a test message by ${key}`);
    const tested = await untilAborted(testNotification(client, notification), context.signal);
    return finish(run, { tested, notification, client, config });
  } finally {
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

interface TestedNotification {
  readonly tested: NotificationTest;
  readonly notification: DesiredEntity;
  readonly client: KumaClient;
  readonly config: Config;
}

function finish({ terminal }: Run, { tested, notification, client, config }: TestedNotification): Outcome {
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
  const document = createDocument("notification-test", outcome, body);
  terminal.print(renderNotificationTest(terminal.withoutSecrets(document, placesOf(document)), terminal.out));
  terminal.printDocument(document);
  return outcome;
}
