import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadConfig } from "./load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import { audible } from "../../src/model/finding.ts";
import { findingLine, fixtureEnv } from "./load-text.ts";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const key = "sk-Zq9vX3Zq9vX3";
const env = {
  SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/T000/B000/XXXX",
  OPEN_WEBUI_API_KEY: key,
  LITELLM_API_KEY: key,
  SFTP_KEY: fixtureEnv["SFTP_KEY"] ?? "",
};
const files = ["", "services/"].flatMap((below) => readdirSync(folder + below).map((file) => below + file));

test.for(files.filter((file) => file.endsWith(".yaml")))("%s has no findings", async (file) => {
  const source = { paths: [file], cwd: folder, env, vars: {}, readStdin: () => Promise.resolve("") };
  const { findings, entities } = await loadConfig(source, kinds);
  expect(audible(findings).map(findingLine)).toEqual([]);
  expect(entities.length).toBeGreaterThan(0);
});
