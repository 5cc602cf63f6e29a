import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { freePort, install, serve, startWorld, untilState, watchStates } from './app.js';

it('Next with cacheComponents: a server component has the meeting; another page ends it, and the way back joins again', async () => {
  const world = await startWorld();
  const folder = install('next');
  const env = {
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_DOMAIN: world.domain,
    NEXT_PUBLIC_TOKEN_URL: world.tokenUrl,
  };
  const next = ['node_modules/next/dist/bin/next'];
  execFileSync(process.execPath, [...next, 'build'], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  const port = await freePort();
  const address = `http://localhost:${port}/`;
  const stop = await serve(folder, [process.execPath, ...next, 'start', '-p', String(port)], env, address);
  try {
    const page = await world.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const states = await watchStates(page);
    await page.goto(address);
    await untilState(page, 'joined');
    expect([await states(), world.asked()]).toEqual([['connecting', 'loading', 'ready', 'joined'], 1]);
    await page.getByRole('link', { name: 'Other' }).click();
    await page.getByRole('heading', { name: 'Other' }).waitFor();
    // Hidden, not removed: the one case in which the browser would keep the frame.
    await untilState(page, 'ended');
    expect(await page.locator('jitsi-meeting').isVisible()).toBe(false);
    expect(await page.locator('jitsi-meeting iframe').count()).toBe(0);
    await page.getByRole('link', { name: 'Back' }).click();
    await untilState(page, 'joined');
    expect(world.asked()).toBe(2);
    expect(errors).toEqual([]);
  } finally {
    stop();
    await world.close();
  }
});
