// Starts the stand-in beside Web Test Runner and tells the test pages where it is (/__standin.json).
import { spawn } from 'node:child_process';

export function standinPlugin() {
  let child;
  let address;
  return {
    name: 'standin',
    async serverStart() {
      child = spawn(process.execPath, ['--import', 'tsx', 'test/helpers/browser-server.ts'], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      address = await new Promise((resolve, reject) => {
        child.stdout.once('data', (line) => resolve(String(line)));
        child.once('exit', (code) => reject(new Error(`The stand-in ended with code ${code}.`)));
      });
    },
    serve: ({ path }) => (path === '/__standin.json' ? { body: address, type: 'json' } : undefined),
    serverStop: () => child?.kill(),
  };
}
