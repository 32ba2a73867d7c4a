/** A patch that is newer than all that were tested: one warning a command, no error. */
import { expect, it } from "vitest";
import { newestTested, releaseText } from "../../../src/model/release.ts";
import { openWorkspace } from "../../commands/workspace.ts";

const [major, minor, patch] = newestTested;
const statedVersion = releaseText([major, minor, patch + 1]);
const config = `version: 1
project: shop
monitors:
  api:
    type: json-query
    url: https://api.example
    headers: { Accept: application/json }
    jsonPath: status
    expectedValue: ok
    notifications: []
    sample: { body: { status: ok } }
  files: { type: sftp, hostname: files.example, sshUsername: u, sshPassword: p, notifications: [] }
`;

it.each([["plan"], ["apply", "--auto-approve"]])("%s warns once", async (...command) => {
  const { run } = await openWorkspace(config, { version: "2.5.4", statedVersion });
  const { code, stdout, stderr } = await run(command);
  expect(code).toBe(0);
  const lines = `${stdout}\n${stderr}`.split("\n");
  const warned = lines.filter((line) => /newer than/u.test(line));
  expect(warned).toEqual([`warning: Uptime Kuma ${statedVersion} is newer than any version that was tested [KS2004]`]);
});
