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

/** Writes how many tests passed and failed, for the one line at the end of `npm test`. */
function countReporter(file: string): Reporter {
  const testsOf = (suite: TestSuiteResult): TestSuiteResult['tests'] => [
    ...suite.tests,
    ...suite.suites.flatMap(testsOf),
  ];
  return {
    onTestRunFinished({ sessions }) {
      const all = sessions.flatMap(({ testResults }) => (testResults ? testsOf(testResults) : []));
      const broken = sessions.filter((session) => !session.passed && !session.testResults).length;
      const passed = all.filter((test) => test.passed).length;
      mkdirSync('.cache/results', { recursive: true });
      writeFileSync(file, JSON.stringify({ passed, failed: all.length - passed + broken }));
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
  reporters: [defaultReporter(), countReporter('.cache/results/browser.json')],
};

export default settings;
