import { expect, test } from "vitest";
import { loadText } from "../load-text.ts";

async function findingsOf(fields: string): Promise<readonly (string | undefined)[]> {
  const { findings } = await loadText(`version: 1\nproject: shop\nmonitors:\n  api: { ${fields} }\n`);
  return findings.flatMap(({ code, message, hint }) =>
    code === "KS1423" ? [`${message.split(":")[0]}; ${hint}`] : [],
  );
}

test.each([
  ["type: ping, hostname: root@a.example", 'a host name has no user; write hostname: "a.example"'],
  ["type: dns, hostname: a.example/health", 'a host name has no path; write hostname: "a.example"'],
])("more than the host name is found: %s", async (fields, said) => {
  expect(await findingsOf(fields)).toEqual([said]);
});

test.each([
  ["type: dns, hostname: 0/25.2.0.192.in-addr.arpa"],
  ["type: mqtt, hostname: mqtt://user:word@a.example, port: 1883, mqttTopic: a"],
])("what the server can resolve is left alone: %s", async (fields) => {
  expect(await findingsOf(fields)).toEqual([]);
});
