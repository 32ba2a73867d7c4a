/** The stand-in of the tests is held to the same expectations (test/services/open-webui/stand-in-conduct.test.ts). */
import { describe } from "vitest";
import { describeConduct } from "../services/open-webui/stand-in/conduct.ts";
import { hasSubject, setProviders, startSubject } from "./real/subject.ts";

describe.skipIf(!hasSubject)("a real Open WebUI", () => {
  describeConduct(async () => {
    const subject = await startSubject();
    return {
      url: subject.url,
      admin: subject.admin,
      condition: async (conditions) => {
        await Promise.all([
          subject.providers.openai.set(conditions.openai ?? {}),
          subject.providers.ollama.set(conditions.ollama ?? {}),
        ]);
      },
      settle: (conditions, apiKey) => setProviders(subject, apiKey, conditions),
      stop: () => subject.stop(),
    };
  });
});
