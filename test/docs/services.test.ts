/** `docs/services/` is written by `npx vitest run test/docs --update`, but for its README. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { serviceTitle, serviceTypes } from "../../src/services/services.ts";
import { servicePage } from "./services/service-page.ts";

const folder = fileURLToPath(new URL("../../docs/services/", import.meta.url));

test.each(serviceTypes)("the page of %s is the committed one", async (type) => {
  await expect(await servicePage(type)).toMatchFileSnapshot(`${folder}${type}.md`);
});

test("there is a page for each service, and the README names it", () => {
  const pages = readdirSync(folder).filter((name) => name !== "README.md");
  expect(pages.toSorted()).toEqual(serviceTypes.map((type) => `${type}.md`).toSorted());
  const readme = readFileSync(`${folder}README.md`, "utf8");
  const missing = serviceTypes.filter((type) => !readme.includes(`[${serviceTitle(type)}](${type}.md)`));
  expect(missing).toEqual([]);
});
