import { defineConfig } from "vitest/config";

/** `npm run test:services`: real services beside Open WebUI, which `npm test` does not need. */
export default defineConfig({
  test: {
    include: ["test/**/*.services.test.ts"],
    sequence: { shuffle: false },
    fileParallelism: false,
    testTimeout: 180_000,
    // Installing is a part of it.
    hookTimeout: 900_000,
  },
});
