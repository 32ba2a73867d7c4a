import { defineConfig } from "vitest/config";

/** `npm run test:open-webui`: a real Open WebUI, which `npm test` does not need. Each file starts one. */
export default defineConfig({
  test: {
    include: ["test/**/*.open-webui.test.ts"],
    globalSetup: ["test/setup/open-webui.ts", "test/setup/real-server.ts"],
    // The tests of a file follow each other: an account, a configuration, monitors, then what they see.
    sequence: { shuffle: false },
    // Servers are waited for more than they are computed with. A running one is one for all files.
    fileParallelism: (process.env["OPEN_WEBUI_TEST_URL"] ?? "") === "",
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 400_000,
  },
});
