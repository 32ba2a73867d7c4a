import { defineConfig } from "vitest/config";

/** `npm run test:open-webui`: a real Open WebUI, which `npm test` does not need. Each file starts one. */
export default defineConfig({
  test: {
    include: ["test/**/*.open-webui.test.ts"],
    globalSetup: ["test/setup/open-webui.ts", "test/setup/real-server.ts"],
    // The tests of a file follow each other: an account, a configuration, monitors, then what they see.
    sequence: { shuffle: false },
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 400_000,
  },
});
