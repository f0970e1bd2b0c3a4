/** Tests of the front end: one file beside each module, run in a document without a browser. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: "frontend",
    environment: "happy-dom",
    include: ["**/*.test.ts"],
    restoreMocks: true,
  },
});
