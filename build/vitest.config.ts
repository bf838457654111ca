import { defineConfig } from "vitest/config";

/** `test/` mirrors the tree; the browser suites have a file pattern and a time limit of their own. */
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    restoreMocks: true,
    // How long something that is waited for may take on a busy machine; it costs nothing where it comes.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      { extends: true, test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/e2e/**"], testTimeout: 60_000 } },
      {
        extends: true,
        test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false },
      },
    ],
  },
});
