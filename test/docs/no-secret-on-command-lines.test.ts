/** Nothing that people copy puts a secret on a command line, where `ps` shows it and the shell's history keeps it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { allHelpTexts } from "../cli/whole-program.ts";

const helpTexts = await allHelpTexts();
const root = fileURLToPath(new URL("../../", import.meta.url));

/** An assignment before or of a command, a flag, a header, or the password of an address: each with something as its value. */
const secretName = String.raw`[A-Za-z_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|(?:API|ACCESS)_?KEY)`;
const shapes: readonly RegExp[] = [
  // Of an assignment only where a value follows that the shell, and not the runner or another program, puts in.
  new RegExp(String.raw`(?:\bexport\s+(?:\S+=\S*\s+)*|\benv[ \t]+|\s-e\s*)${secretName}=(?!["']?\$\(|\s|$)\S+`, "mu"),
  new RegExp(
    String.raw`(?:^|[;&|$]|\s)${secretName}=(?!["']?\$\()\S+\s+(?:\w+=\S*\s+)*(?:kuma-sync|npx|npm|node|docker|curl)\b`,
    "mu",
  ),
  /(?:^|\s)--(?:password|passwd|api-key|token|secret|totp-secret|key)[= ]+(?!<)["']?[^\s<\]]+/mu,
  /(?:-H|--header)[= ]+"[^"]*(?:authorization|key|token)[^"]*:\s*[^"]*\$(?!\{env:)[^"]+"/imu,
  /(?:-H|--header)[= ]+["']?(?:authorization|[\w-]*key|[\w-]*token):\s*(?![^"'\n]*\$\{env:)[^"'\s]+/imu,
  /\bcurl\b[^\n]*\s(?:-u|--user)\s+\S+:\S+/u,
  /(?:^|\s)(?:kuma-sync|curl|npx|docker|psql|mysql)\b[^\n]*:\/\/[^\s/:@]+:(?!\$\{env:)[^\s/@]+@/mu,
];

function findSecret(text: string): string | undefined {
  return shapes.map((shape) => shape.exec(text)?.[0]).find((found) => found !== undefined);
}

const folders = ["docs", "examples", "action", ".github"];
const files = [
  "README.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "CONTRIBUTING.md",
  "action.yml",
  ...folders.flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(?:md|ya?ml|mjs|sh|txt)$|file$/iu.test(entry.name))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)));
    } catch {
      return [];
    }
  }),
];

describe("no secret on a command line", () => {
  test.each(Object.entries(helpTexts))("in the help of %s", (_name, text) => {
    expect(findSecret(text)).toBeUndefined();
  });

  test("on any page, in any example, in the action", () => {
    const found = files.flatMap((file) => {
      let text: string;
      try {
        text = readFileSync(join(root, file), "utf8");
      } catch {
        return [];
      }
      const secret = findSecret(text);
      return secret === undefined ? [] : [`${file}: ${secret}`];
    });
    expect(found).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });

  test.each([
    "KUMA_SYNC_PASSWORD=… kuma-sync plan",
    "export KUMA_SYNC_URL=x KUMA_SYNC_PASSWORD=abc",
    "kuma-sync plan --password abc",
    'curl -H "Authorization: Bearer $KEY" https://x',
    "kuma-sync query x -H 'X-Api-Key: abc'",
    "curl -u admin:abc https://x",
    "kuma-sync plan --url https://admin:abc@kuma.example.com",
    "docker run -e KUMA_SYNC_PASSWORD=abc kuma-sync",
  ])("%s would be found", (line) => {
    expect(findSecret(line)).toBeDefined();
  });

  test.each([
    "KUMA_SYNC_PASSWORD_FILE=password.txt kuma-sync plan",
    "kuma-sync query x -H 'Authorization: Bearer ${env:KEY}'",
    "docker run -e KUMA_SYNC_PASSWORD kuma-sync",
    "        KUMA_SYNC_PASSWORD: ${{ secrets.KUMA_PASSWORD }}",
  ])("%s is not one", (line) => {
    expect(findSecret(line)).toBeUndefined();
  });
});
