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
    // One starts real processes while the other computes, also where there are more cores.
    maxWorkers: 2,
  },
});
