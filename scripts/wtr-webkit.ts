// Starts what WebKitGTK needs on Debian (webkit2gtk-driver, xvfb): a display and the driver, for as long as the tests run.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import type { BrowserLauncher, TestRunnerPlugin } from '@web/test-runner';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { findProgram } from './browser.js';

// Of its own, so that a run never meets the driver of another.
const display = `:${100 + (process.pid % 1000)}`;
const port = 20_000 + (process.pid % 10_000);

function findMiniBrowser(): string | undefined {
  const files = execFileSync('dpkg', ['-L', 'libwebkit2gtk-4.1-0'], { encoding: 'utf8' }).split('\n');
  return files.find((file) => file.endsWith('/MiniBrowser'));
}

export function webkitPlugin(): TestRunnerPlugin {
  const children: ChildProcess[] = [];
  return {
    name: 'webkit',
    async serverStart() {
      children.push(spawn('Xvfb', [display, '-screen', '0', '1280x1024x24'], { stdio: 'ignore' }));
      // Without a language, the browser's is called "C".
      const language = 'en_US.UTF-8';
      const env = { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', LANG: language, LC_ALL: language };
      children.push(
        spawn(findProgram('WebKitWebDriver') ?? 'WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
          stdio: 'ignore',
          env,
        }),
      );
      for (let tries = 0; tries < 100; tries++) {
        const up = await fetch(`http://127.0.0.1:${port}/status`).then(
          (response) => response.ok,
          () => false,
        );
        if (up) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('WebKitWebDriver did not start: install webkit2gtk-driver and xvfb.');
    },
    serverStop() {
      for (const child of children) child.kill();
    },
  };
}

export function webkitLauncher(): BrowserLauncher {
  // One of these names is unknown to the types of WebDriver.
  const capabilities: Record<string, unknown> = {
    browserName: 'MiniBrowser',
    acceptInsecureCerts: true,
    'wdio:enforceWebDriverClassic': true,
    'webkitgtk:browserOptions': {
      binary: findMiniBrowser(),
      args: ['--automation', '--enable-mock-capture-devices=true'],
    },
  };
  return webdriverLauncher({ hostname: '127.0.0.1', port, path: '/', capabilities });
}
