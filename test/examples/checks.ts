// What every example is held to, in the browser and at the stand-in, by the names on its page.
import type { Page } from 'playwright-core';

/** What the checks need to know of the world around the page. */
export interface World {
  /** How many tokens were asked for so far. */
  asked(): number;
  /** Names of those in the room. */
  occupants(room: string): Promise<(string | undefined)[]>;
}

export type Result = 'ok' | string;

class CheckFailed extends Error {}

const limit = 15_000;

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new CheckFailed(what);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function same(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new CheckFailed(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}

/** Runs all checks on an example's page, in order: each begins where the one before has ended. */
export async function runChecks(page: Page, address: string, world: World): Promise<Record<string, Result>> {
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  const heard = async (): Promise<string[]> => (await page.locator('output').textContent())!.trim().split(/\s+/);
  const count = (all: string[], one: string): number => all.filter((each) => each === one).length;
  const state = () => page.evaluate(() => document.querySelector('jitsi-meeting')?.state);
  const reached = (wanted: string) => until(`${wanted}`, async () => (await state()) === wanted);
  const frames = () => page.locator('jitsi-meeting iframe').count();
  const isEmpty = (room: string) =>
    until(`${room} to be empty`, async () => (await world.occupants(room)).length === 0);
  const mark = () =>
    page.evaluate(() => Object.assign(document.querySelector('jitsi-meeting')!.api!.getIFrame(), { marked: true }));
  const isMarked = () =>
    page.evaluate(() => 'marked' in (document.querySelector('jitsi-meeting')!.api?.getIFrame() ?? {}));
  let asked = world.asked();
  /** How many tokens were asked for since the last look. */
  const newTokens = (): number => {
    const before = asked;
    asked = world.asked();
    return asked - before;
  };

  const checks: Record<string, () => Promise<void>> = {
    joins: async () => {
      await page.goto(address);
      await reached('joined');
    },
    'hears joined once': async () => same('joined', count(await heard(), 'joined'), 1),
    'gets a typed payload': async () =>
      until('(in team)', async () => (await heard()).join(' ').toLowerCase().includes('(in team)')),
    'asks for one token': async () => same('tokens', newTokens(), 1),
    'has one frame': async () => same('frames', await frames(), 1),
    'sets properties': async () => {
      const frame = await page.evaluate(() => document.querySelector('jitsi-meeting')!.api!.getIFrame().src);
      same('startWithAudioMuted', decodeURIComponent(frame).includes('config.startWithAudioMuted=true'), true);
    },
    'keeps its frame through five renders': async () => {
      await mark();
      for (let clicks = 0; clicks < 5; clicks++) await press(/^Clicked/);
      await page.getByRole('button', { name: 'Clicked 5 times' }).waitFor();
      same('the frame is the same', await isMarked(), true);
    },
    'changes a name in the meeting': async () => {
      await page.getByLabel('Name').fill('Grace');
      await until('Grace in the room', async () => (await world.occupants('team')).includes('Grace'));
    },
    'without a new frame': async () => same('frame, tokens', [await isMarked(), newTokens()], [true, 0]),
    'changes the room': async () => {
      await page.getByLabel('Room').fill('Board');
      await page.getByLabel('Room').blur();
      await until('Board', async () => (await world.occupants('board')).length === 1);
      await reached('joined');
    },
    'leaves the old room': async () => {
      await isEmpty('team');
      same('frames, tokens', [await frames(), newTokens()], [1, 1]);
    },
    leaves: async () => {
      await press('Leave');
      await reached('ended');
      await isEmpty('board');
    },
    'without a frame then': async () => same('frames', await frames(), 0),
    'joins again': async () => {
      await press('Join');
      await reached('joined');
      same('frames, tokens', [await frames(), newTokens()], [1, 1]);
    },
    'leaves nothing when removed': async () => {
      await press('Hide');
      await isEmpty('board');
      same('frames', await page.locator('iframe').count(), 0);
    },
    'joins when it is back': async () => {
      await press('Show');
      await reached('joined');
      same('occupants', (await world.occupants('board')).length, 1);
    },
    'survives seven quick toggles': async () => {
      for (let toggles = 0; toggles < 7; toggles++) await press(/^(?:Hide|Show)$/);
      await page.getByRole('button', { name: 'Show' }).waitFor();
      await isEmpty('board');
      same('frames', await page.locator('iframe').count(), 0);
      await press('Show');
      await reached('joined');
      same('frames', await frames(), 1);
    },
    'leaves on the way to another page': async () => {
      await page.getByRole('link', { name: 'Other page' }).click();
      await page.getByRole('heading', { name: 'Other' }).waitFor();
      await isEmpty('board');
      await until('no frame', async () => (await page.locator('iframe').count()) === 0);
    },
    'joins on the way back': async () => {
      newTokens();
      await page.getByRole('link', { name: 'Back' }).click();
      await reached('joined');
      same('frames, tokens', [await frames(), newTokens()], [1, 1]);
    },
  };

  const results: Record<string, Result> = {};
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      results[name] = 'ok';
    } catch (error) {
      results[name] = (error as Error).message.split('\n')[0]!;
    }
  }
  return results;
}
