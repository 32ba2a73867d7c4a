/** The page shows what `render` prints. `KUMA_SYNC_UPDATE_DOCS=1` writes it into the page; then read the diff. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runMain } from "../commands/fake-context.ts";

const page = new URL("../../docs/rendered-configuration.md", import.meta.url);
const block = /(?<=^```yaml\n)[^]*?(?=^```$)/gmu;

test("docs/rendered-configuration.md", async () => {
  const text = readFileSync(page, "utf8");
  const [written = "", rendered] = text.match(block) ?? [];
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-docs-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  writeFileSync(join(cwd, "monitors.yaml"), written);
  const { code, stdout } = await runMain(["render", "--target", "test"], { cwd });
  const isUpdate = process.env["KUMA_SYNC_UPDATE_DOCS"] === "1";
  if (isUpdate) {
    let index = 0;
    writeFileSync(
      page,
      text.replace(block, (found) => (index++ === 1 ? stdout : found)),
    );
  }
  expect({ code, rendered: isUpdate ? stdout : rendered }).toEqual({ code: 0, rendered: stdout });
});
