import { defineConfig } from 'vitest/config';

// The one place where a default export is asked for by the tool.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'src/simulators/*/test/**/*.test.ts'],
    // End-to-end tests start the built bot; they are bounded by events, this is only the backstop.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // Some wait for real processes while the others compute; with two, a third of two cores was idle.
    maxWorkers: 3,
  },
});
