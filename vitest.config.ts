import { defineConfig } from "vitest/config";

const plain = "test/**/!(*.fake|*.real|*.both|*.open-webui|*.services).test.ts";
const both = "test/**/*.both.test.ts";

/** A test file belongs to a project by its name; AGENTS.md has the table, test/architecture.test.ts checks it. */
export default defineConfig({
  test: {
    setupFiles: ["test/setup/seeded-laws.ts"],
    sequence: { shuffle: true },
    // Real servers are waited for more than they are computed with: more files at once than the two cores of a runner.
    maxWorkers: 4,
    // A server of your own is one for all files.
    fileParallelism: process.env["KUMA_SYNC_TEST_URL"] === undefined,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "unit", include: [plain], provide: { servers: "none" } } },
      {
        extends: true,
        test: { name: "fake", include: ["test/**/*.fake.test.ts", both], provide: { servers: "fake" } },
      },
      {
        extends: true,
        test: {
          name: "real",
          include: ["test/**/*.real.test.ts", both],
          provide: { servers: "real" },
          globalSetup: ["test/setup/real-server.ts"],
        },
      },
    ],
  },
});
