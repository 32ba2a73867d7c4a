import { notificationProviders } from "../../../src/kinds/notification-providers/index.ts";
import { removalOf } from "../../../src/kinds/notification-providers/provider-releases.ts";
import { kumaRelease, newestTested } from "../../../src/model/release.ts";
import type { Area } from "../area.ts";
import { isOfRelease } from "../known-release.ts";
import { providerSources } from "../provider-sources.ts";

/** The notification providers that the server registers. */
export const providers: Area = {
  id: "providers",
  title: "Notification providers",
  hasKnown: true,
  todo: "a line in src/kinds/notification-providers/provider-types.ts with the release that added it",
  read: (checkout) => providerSources(checkout).map(({ name, server }) => ({ name, place: server.path })),
  expect: (version) =>
    [...notificationProviders.values()]
      .filter(({ since }) => isOfRelease(version, since))
      .filter(({ type = "" }) => removalOf(type, kumaRelease(version) ?? newestTested) === undefined)
      .map(({ type = "" }) => ({ name: type, use: "provider-types.ts has it" })),
};
