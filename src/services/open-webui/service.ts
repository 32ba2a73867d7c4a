/** What kuma-sync knows of Open WebUI. */
import type { Service, ServiceInstance } from "../service.ts";
import { makeOpenWebUI } from "./block/make-open-webui.ts";
import { openWebUIProperties } from "./block/open-webui-schema.ts";
import type { WrittenOpenWebUI } from "./block/written.ts";
import { openWebUIClaims } from "./facts/claims.ts";
import { askedMonitors, instanceOf, type OpenWebUIInstance } from "./rules/asked-monitor.ts";
import { checkOpenWebUI } from "./rules/check-open-webui.ts";
import { builtInSamples } from "./samples/built-in-samples.ts";

export const service: Service = {
  block: {
    properties: openWebUIProperties,
    required: ["url"],
    example: {
      type: "open-webui",
      url: "http://open-webui:8080",
      apiKey: "${env:OPEN_WEBUI_API_KEY}",
      models: ["gpt-4o"],
    },
    // The schema was checked before.
    make: (key, written) => makeOpenWebUI(key, written as unknown as WrittenOpenWebUI),
  },
  claims: openWebUIClaims,
  instances: (monitors, blocks) => {
    const asked = askedMonitors(monitors, blocks.map(known)).map(({ instance }) => instance);
    return [...new Map([...asked, ...blocks].map((instance) => [instance.url, instance])).values()];
  },
  check: (monitors, instances) => checkOpenWebUI(monitors, { instances: instances.map(known) }),
  samples: (monitors, instances) => {
    const found = builtInSamples(monitors, instances.map(known));
    return new Map(
      [...found].map(([key, { healthy, broken, ...sample }]) => {
        const texts = Object.entries(broken).map(([name, body]) => [name, JSON.stringify(body)]);
        return [key, { ...sample, healthy: JSON.stringify(healthy), broken: Object.fromEntries(texts) }];
      }),
    );
  },
};

function known({ url, version, written }: ServiceInstance): OpenWebUIInstance {
  const declared = written === undefined ? {} : instanceOf(written as unknown as WrittenOpenWebUI);
  return { ...declared, url, ...(version === undefined ? {} : { version }) };
}
