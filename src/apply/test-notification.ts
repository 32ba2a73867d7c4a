/** One test message, sent by the server: it is the server that must reach the provider, from where it runs. */
import { notificationForm } from "../kinds/notification.ts";
import type { DesiredEntity } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { KumaClient } from "../model/kuma-client.ts";

export interface NotificationTest {
  /** `refused`: by the provider, by the network on the way to it, or because the server does not know the provider. */
  readonly result: "sent" | "refused";
  /** The server's words; may quote what the provider answered. */
  readonly message: string;
}

/**
 * Sends as declared, whatever the server has stored; nothing is saved. Throws KumaError when it is not known what became
 * of the message.
 */
export async function testNotification(client: KumaClient, notification: DesiredEntity): Promise<NotificationTest> {
  try {
    const { msg } = await client.write("testNotification", notificationForm(client, notification));
    return { result: "sent", message: typeof msg === "string" ? msg : "" };
  } catch (error) {
    if (!(error instanceof KumaError) || error.code !== "rejected") throw error;
    return { result: "refused", message: error.message.replace(/^testNotification: /u, "") };
  }
}
