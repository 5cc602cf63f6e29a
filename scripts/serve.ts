// npm run serve: starts the token server of server/ from this clone; what follows `--` goes to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// Pages for guests hold the built element.
if (!existsSync('dist/jitsi-meeting.js') || !existsSync('server/dist/main.js')) await import('./build.js');
const server = spawn(process.execPath, ['server/dist/main.js', ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
server.once('exit', (code) => (process.exitCode = code ?? 1));
