import { mkdirSync, writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { findChromium, findProgram } from './scripts/browser.mjs';
import { standinPlugin } from './scripts/wtr-standin.mjs';
import { webkitLauncher, webkitPlugin } from './scripts/wtr-webkit.mjs';

/** Writes how many tests passed and failed, for the one line at the end of `npm test`. */
function countReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const all = [];
      const collect = (suite) => {
        all.push(...(suite?.tests ?? []));
        for (const child of suite?.suites ?? []) collect(child);
      };
      let broken = 0;
      for (const session of sessions) {
        collect(session.testResults);
        if (!session.passed && !session.testResults?.tests && !session.testResults?.suites) broken++;
      }
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
      // Without a screen nobody can be asked, so the page would take camera and microphone for blocked.
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
/** `BROWSERS=chromium,firefox,webkit npm run test:browser`; Chromium alone where nothing is said. */
const chosen = (process.env.BROWSERS ?? 'chromium').split(',');

export default {
  files: 'test/browser/**/*.test.ts',
  nodeResolve: { exportConditions: ['development', 'browser'] },
  concurrency: 1,
  concurrentBrowsers: 1,
  browserStartTimeout: 120_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
    standinPlugin(),
    ...(chosen.includes('webkit') ? [webkitPlugin()] : []),
  ],
  testFramework: { config: { timeout: 15_000 } },
  browsers: chosen.map((name) => launchers[name]()),
  reporters: [defaultReporter(), countReporter('.cache/results/browser.json')],
};
