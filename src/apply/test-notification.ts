/** Lets the server send one test message, because it must reach the provider from where it runs. */
import { notificationForm } from "../kinds/notification.ts";
import type { DesiredEntity } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { KumaClient } from "../model/kuma-client.ts";

export interface NotificationTest {
  /** `refused`: by the provider, by the network on the way, or because the server does not know the provider. */
  readonly result: "sent" | "refused";
  /** The server's message; it may quote the provider. */
  readonly message: string;
}

/**
 * Sends the notification as declared, whatever the server has stored, and saves nothing. Throws KumaError if the
 * outcome is unknown.
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
