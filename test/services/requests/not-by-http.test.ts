import { expect, it } from "vitest";
import { loadDoctor, webServiceTypes } from "../../../src/services/services.ts";

const port = (): never => expect.unreachable("nothing may be asked");

it.each([
  ["postgres", "postgres://kuma:hidden@db:5432/app?password=hidden", "postgres://db:5432/app"],
  ["redis", "redis://:hid@den@cache:6379/1", "redis://cache:6379/1"],
] as const)("the doctor of %s says that it asked nothing, and shows no password", async (type, url, shown) => {
  const doctor = await loadDoctor(type);
  const found = await doctor.diagnose(port, { url }, { wantsCompletions: true });
  expect(found).toMatchObject({ url: shown, requests: [], advice: [{ code: "not-asked", severity: "info" }] });
  expect(JSON.stringify(found)).not.toMatch(/hid/u);
});

it("says nowhere that such a service can be recognised at an address", () => {
  expect(webServiceTypes).toEqual([
    "open-webui",
    "ollama",
    "litellm",
    "llama-cpp",
    "chroma",
    "mcpo",
    "open-terminal",
    "pipelines",
  ]);
});
