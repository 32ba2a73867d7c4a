/** The watch on source that is upstream's: the npm package, which has the code of 1.23 with the wizard of 2.0. */
import { expect, test } from "vitest";
import type { Comparison } from "../../../scripts/upstream/compare.ts";
import { folderSource, watch } from "../../../scripts/upstream/watch.ts";
import { installedPackage } from "../../contract/real-server.ts";
import { known } from "./made-checkout.ts";

test("the npm package differs from 1.23.17 in little, and all of it can be read", async () => {
  const checkout = folderSource(await installedPackage());
  const { code, text } = watch({ checkout, format: "json", isRecording: false, known });
  const { areas } = JSON.parse(text) as Comparison;
  const count = (id: string): number | undefined => areas.find((area) => area.id === id)?.count;
  expect(areas.flatMap(({ unreadable }) => unreadable ?? [])).toEqual([]);
  expect([count("monitor-types"), count("monitor-keys")]).toEqual([22, 83]);
  const names = areas.flatMap(({ id, differences }) =>
    differences.map(({ change, name }) => `${id}: ${change} ${name}`),
  );
  expect(names).toEqual([
    "form-defaults: changed maxretries",
    "form-defaults: gone kafkaProducerSsl",
    "form-defaults: gone kafkaProducerAllowAutoTopicCreation",
    "form-defaults: contradicted maxretries",
    "events: gone disconnectOtherSocketClients",
    "pushes: gone refresh",
    "routes: new GET /setup-database-info",
    "routes: new POST /setup-database",
    "migrations: gone patch-notification-config",
    "migrations: gone patch-fix-kafka-producer-booleans",
    "migrations: gone patch-timeout",
    "migrations: gone patch-monitor-tls-info-add-fk",
  ]);
  expect(code).toBe(2);
});
