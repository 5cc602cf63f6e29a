// Starts the stand-in beside Web Test Runner and tells the test pages where it is (/__standin.json). At /__page it
// serves a page with the headers and the body that the query gives, because headers say what a page forbids.
import { spawn, type ChildProcess } from 'node:child_process';
import type { TestRunnerPlugin } from '@web/test-runner';

export function standinPlugin(): TestRunnerPlugin {
  let child: ChildProcess | undefined;
  let address = '';
  return {
    name: 'standin',
    async serverStart() {
      const started = spawn(process.execPath, ['--import', 'tsx', 'test/support/browser-server.ts'], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      child = started;
      address = await new Promise<string>((resolve, reject) => {
        started.stdout!.once('data', (line) => resolve(String(line)));
        started.once('exit', (code) => reject(new Error(`The stand-in ended with code ${code}.`)));
      });
    },
    serve(context) {
      const { path, query } = context;
      if (path === '/__standin.json') return { body: address, type: 'json' };
      if (path !== '/__page') return undefined;
      for (const [name, value] of Object.entries(JSON.parse(String(query.headers ?? '{}')) as object))
        context.set(name, value);
      return { body: `<!doctype html>${query.body}`, type: 'html' };
    },
    serverStop() {
      child?.kill();
    },
  };
}
