import { freePort } from '../../../test/support/processes.js';
import { createLog, type Log } from '../../src/log.js';
import { serve, type RunningServer } from '../../src/serve.js';
import { readSettings } from '../../src/settings.js';
import { startProvider, type TestProvider } from './provider.js';
import { settingsFor, writeAccess } from './settings.js';

export interface TestServer extends RunningServer {
  home: string;
  provider: TestProvider;
  accessFile: string;
  /** All that was logged. */
  logged: string[];
}

/** The server in this process, its provider beside it. `move` shifts its clock. */
export async function startServer(
  changes: Record<string, string> = {},
  now: () => number = Date.now,
): Promise<TestServer> {
  const port = await freePort();
  const home = `http://localhost:${port}`;
  const provider = await startProvider([`${home}/api/oidc/callback`]);
  const accessFile = writeAccess();
  const env = { ...settingsFor(provider, home), ACCESS_FILE: accessFile, PORT: String(port), ...changes };
  const logged: string[] = [];
  const line = (content: object): void => void logged.push(JSON.stringify(content));
  const log = { ...createLog('silent'), debug: line, info: line, warn: line, error: line } as unknown as Log;
  const server = await serve(readSettings(env), { log, now, accessInterval: 0 });
  return {
    ...server,
    home,
    provider,
    accessFile,
    logged,
    async close() {
      await server.close(0);
      provider.close();
    },
  };
}
