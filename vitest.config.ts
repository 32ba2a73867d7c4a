import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup/real-server.ts"],
    setupFiles: ["test/setup/seeded-laws.ts"],
    sequence: { shuffle: true },
    // Real servers are waited for more than they are computed with: more files at once than the two cores of a runner.
    maxWorkers: 4,
    // A server of your own is one for all files.
    fileParallelism: process.env["KUMA_SYNC_TEST_URL"] === undefined,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
