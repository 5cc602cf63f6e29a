import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutation` runs for each mutant: quick, and without other programs. */
export default defineConfig({
  test: {
    root: '.',
    include: ['test/token/*.test.ts', 'test/server/*.test.ts'],
    // As the whole run has it: keys of 4096 bits take their time on a machine with more to do.
    testTimeout: 30_000,
    // Of random sequences a few are enough for one mutant.
    env: { FEW_RUNS: '1' },
    exclude: [
      'combinations',
      'demo-app',
      'demo-doors',
      'oidc',
      'rate-limit',
      'recipes',
      'slow-clients',
      'start',
      'scaling',
    ].map((name) => `test/server/${name}.test.ts`),
  },
});
