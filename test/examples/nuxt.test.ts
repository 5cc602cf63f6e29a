import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { freePort, install, serve, startWorld, untilState, watchStates } from './app.js';

it('Nuxt: a tag from the server, with a provider that comes when the page is hydrated, joins once, with a token', async () => {
  const world = await startWorld();
  const folder = install('nuxt');
  const env = {
    NUXT_TELEMETRY_DISABLED: '1',
    NUXT_PUBLIC_DOMAIN: world.domain,
    NUXT_PUBLIC_TOKEN_URL: world.tokenUrl,
  };
  const nuxt = ['node_modules/nuxt/bin/nuxt.mjs', 'build'];
  execFileSync(process.execPath, nuxt, { cwd: folder, env: { ...process.env, ...env }, stdio: 'inherit' });
  const port = await freePort();
  const address = `http://localhost:${port}/`;
  const server = [process.execPath, '.output/server/index.mjs'];
  const stop = await serve(folder, server, { ...env, PORT: String(port) }, address);
  try {
    const page = await world.newPage();
    const warnings: string[] = [];
    page.on('console', (message) => void (/hydrat/i.test(message.text()) && warnings.push(message.text())));
    const states = await watchStates(page);
    await page.goto(address);
    await untilState(page, 'joined');
    const claims = await page.evaluate(() => document.querySelector('jitsi-meeting')!.claims);
    expect(claims).toMatchObject({ iss: 'my_app' });
    expect((await states()).filter((state) => state === 'joined')).toHaveLength(1);
    expect([await states(), world.asked()]).not.toEqual([[], 0]);
    expect(await page.locator('jitsi-token-status').isVisible()).toBe(true);
    expect(warnings).toEqual([]);
  } finally {
    stop();
    await world.close();
  }
});
