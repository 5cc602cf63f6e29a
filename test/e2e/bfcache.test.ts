import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite, type Site } from '../support/site.js';

/** What the page tells of itself: a driver can't ask a page that comes back. */
interface Report {
  restored: boolean;
  state: string;
  says: string;
  frames: number;
}

let site: Site;
const reports: Report[] = [];
let heard = (): void => {};

/** Runs in the page: reports when it is shown, then presses Rejoin and reports when joined. */
function page(): void {
  const meeting = document.querySelector('jitsi-meeting')!;
  const part = (name: string) => [...meeting.shadowRoot!.querySelectorAll<HTMLElement>(`[part~="${name}"]`)];
  let restored = false;
  const report = (): unknown =>
    fetch('/told', {
      method: 'POST',
      body: JSON.stringify({
        restored,
        state: meeting.state,
        says: part('message')[0]?.textContent?.trim() ?? '',
        frames: meeting.shadowRoot!.querySelectorAll('iframe').length,
      }),
    });
  meeting.addEventListener('meeting-state-change', () => meeting.state === 'joined' && report());
  window.addEventListener('pageshow', async ({ persisted }) => {
    if (!persisted) return;
    restored = true;
    await meeting.updateComplete;
    await report();
    part('button')
      .find((button) => button.textContent?.trim() === 'Rejoin')
      ?.click();
  });
}

beforeAll(async () => {
  site = await startSite({
    backForwardCache: true,
    extend(app) {
      app.post('/told', async (c) => {
        reports.push(await c.req.json());
        heard();
        return c.body(null, 204);
      });
      app.get('/away', (c) => c.html('<!doctype html><title>Away</title>'));
    },
    body: (host) => `<jitsi-meeting domain="${host}" room="back" token-url="/token"></jitsi-meeting>
      <script type="module">(${page.toString()})()</script>`,
  });
});

afterAll(() => site?.close());

async function reported(count: number): Promise<void> {
  while (reports.length < count) await new Promise<void>((resolve) => (heard = resolve));
}

it('a meeting that Chromium kept in its back/forward cache has ended and says so, and Rejoin joins it again', async () => {
  const tab = await site.newPage();
  await tab.goto(site.origin);
  await reported(1);
  // Chromium doesn't keep a page that still fetches, and what may wait is fetched once a meeting has joined.
  await tab.waitForLoadState('networkidle');
  await tab.evaluate(() => void setTimeout(() => (location.href = '/away')));
  await tab.waitForURL('**/away');
  await tab.evaluate(() => void setTimeout(() => history.back()));
  await reported(3);
  expect(reports).toEqual([
    { restored: false, state: 'joined', says: '', frames: 1 },
    { restored: true, state: 'ended', says: expect.stringContaining('You left this page') as string, frames: 0 },
    { restored: true, state: 'joined', says: '', frames: 1 },
  ]);
});
