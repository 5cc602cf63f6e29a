import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The package server/ knows the element's package by its entries; its tests take their sources. */
const entries = {
  'jitsi-meeting-element/server': source('src/server/index.ts'),
  'jitsi-meeting-element/room': source('src/room/index.ts'),
};

/** What takes minutes: `npm run test:long`. */
const long = [
  ...[
    'compat/compat',
    'demo-page',
    'demo-site',
    'doctor-demo',
    'doctor-watch',
    'inspect',
    'mounts',
    'page-policies',
    'pictures',
    'snippets',
  ].map((name) => `test/e2e/${name}.test.ts`),
  'server/test/e2e/**/*.test.ts',
];
const endToEnd = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // The default leaves one processor idle, which on two is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        resolve: { alias: entries },
        test: {
          name: 'node',
          include: ['test/**/*.test.ts', 'server/test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/e2e/**', 'test/examples/**', 'server/test/e2e/**'],
          testTimeout: 30_000,
          // Files share the modules that a worker has read: reading them anew for each took a fifth of the time.
          isolate: false,
        },
      },
      {
        resolve: { alias: entries },
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'server/test/e2e/**/*.test.ts'],
          exclude: long,
          ...endToEnd,
        },
      },
      { test: { name: 'long', include: long, ...endToEnd } },
      {
        // Fetches the frameworks: not part of `npm test`.
        test: {
          name: 'examples',
          include: ['test/examples/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
