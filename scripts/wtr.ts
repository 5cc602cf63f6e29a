// Settings of Web Test Runner: which browsers, with which devices, and what is served beside the tests.
import { mkdirSync, writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  defaultReporter,
  type BrowserLauncher,
  type Reporter,
  type TestRunnerConfig,
  type TestSuiteResult,
} from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { findChromium, findProgram } from './browser.js';
import { standinPlugin } from './wtr-standin.js';
import { webkitLauncher, webkitPlugin } from './wtr-webkit.js';

/** What the tests in browsers came to: how many passed, and the names of those that failed. */
export interface BrowserResults {
  passed: number;
  failed: string[];
}

/** Writes the results for the end of `npm test`. */
function resultReporter(file: string): Reporter {
  const testsOf = (suite: TestSuiteResult, path: string): { name: string; passed: boolean }[] => [
    ...suite.tests.map(({ name, passed, error }) => ({
      name: `${path} ${name}${error ? ` (${error.message ?? error.name})` : ''}`,
      passed,
    })),
    ...suite.suites.flatMap((inner) => testsOf(inner, `${path} ${inner.name}`)),
  ];
  return {
    onTestRunFinished({ sessions }) {
      const all = sessions.flatMap(({ passed, testResults, testFile }) => {
        const path = testFile.slice(testFile.indexOf('/test/') + 1);
        return testResults ? testsOf(testResults, `${path}:`) : [{ name: `${path}: it didn’t run to its end`, passed }];
      });
      const failed = all.filter((test) => !test.passed).map(({ name }) => name);
      mkdirSync('.cache/results', { recursive: true });
      writeFileSync(file, JSON.stringify({ passed: all.length - failed.length, failed } satisfies BrowserResults));
    },
  };
}

const launchers = {
  webkit: webkitLauncher,
  chromium: () =>
    chromeLauncher({
      // Without a screen there is no prompt, so the page would report camera and microphone as blocked.
      async createPage({ context, config }) {
        await context.overridePermissions(`http://localhost:${config.port}`, ['camera', 'microphone']);
        return context.newPage();
      },
      launchOptions: {
        executablePath: findChromium(),
        args: [
          '--no-sandbox',
          '--ignore-certificate-errors',
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          '--disable-background-networking',
          '--autoplay-policy=no-user-gesture-required',
        ],
      },
    }),
  firefox: () =>
    Object.assign(
      chromeLauncher({
        launchOptions: {
          browser: 'firefox',
          executablePath: findProgram('firefox-esr', 'firefox'),
          acceptInsecureCerts: true,
          extraPrefsFirefox: {
            'media.navigator.streams.fake': true,
            'media.navigator.permission.disabled': true,
            'media.autoplay.default': 0,
          },
        },
      }),
      { name: 'Firefox' },
    ),
};
/** `BROWSERS=chromium,firefox,webkit npm run test:browser`; without it Chromium alone. */
const chosen = (process.env.BROWSERS ?? 'chromium').split(',');

function launcher(name: string): BrowserLauncher {
  if (name in launchers) return launchers[name as keyof typeof launchers]();
  throw new Error(`BROWSERS names "${name}": it takes ${Object.keys(launchers).join(', ')}.`);
}

const settings: TestRunnerConfig = {
  files: 'test/browser/**/*.test.ts',
  nodeResolve: { exportConditions: ['development', 'browser'] },
  concurrency: 1,
  concurrentBrowsers: 1,
  browserStartTimeout: 120_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: 'tsconfig.json',
      define: { 'process.env.STATS': JSON.stringify(process.env.STATS ?? '') },
    }),
    standinPlugin(),
    ...(chosen.includes('webkit') ? [webkitPlugin()] : []),
  ],
  testFramework: { config: { timeout: 15_000 } },
  browsers: chosen.map(launcher),
  reporters: [defaultReporter(), resultReporter('.cache/results/browser.json')],
};

export default settings;
