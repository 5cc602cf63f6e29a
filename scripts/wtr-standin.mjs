// Starts the stand-in beside Web Test Runner and tells the test pages where it is (/__standin.json). At /__page it serves
// a page with the headers and the body that its query says: what a page forbids stands in its headers.
import { spawn } from 'node:child_process';

export function standinPlugin() {
  let child;
  let address;
  return {
    name: 'standin',
    async serverStart() {
      child = spawn(process.execPath, ['--import', 'tsx', 'test/support/browser-server.ts'], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      address = await new Promise((resolve, reject) => {
        child.stdout.once('data', (line) => resolve(String(line)));
        child.once('exit', (code) => reject(new Error(`The stand-in ended with code ${code}.`)));
      });
    },
    serve(context) {
      const { path, query } = context;
      if (path === '/__standin.json') return { body: address, type: 'json' };
      if (path !== '/__page') return undefined;
      for (const [name, value] of Object.entries(JSON.parse(query.headers ?? '{}'))) context.set(name, value);
      return { body: `<!doctype html>${query.body}`, type: 'html' };
    },
    serverStop: () => child?.kill(),
  };
}
