// One visit: a page with empty caches, from the start of its navigation to the event that the meeting is joined. Nothing
// looks into the page meanwhile, since that would slow it down: it reports by itself.
import type { Devtools } from '../../src/cli/watch/devtools.js';
import type { BenchSite, Delays, Report } from './site.js';

export interface Setting {
  label: string;
  delays: Delays;
  /** How many times slower the CPU is. */
  slowdown: number;
}

const none: Delays = { page: 0, token: 0, script: 0 };

export const settings: Record<string, Setting> = {
  delays: { label: 'with delays', delays: { page: 100, token: 150, script: 200 }, slowdown: 1 },
  none: { label: 'without delays', delays: none, slowdown: 1 },
  slow: { label: 'CPU 4 times slower', delays: none, slowdown: 4 },
};

export interface Visit extends Report {
  /** Of the page's own files, as they went over the wire until the meeting was joined. */
  bytes: number;
  files: number;
}

export async function visit(devtools: Devtools, site: BenchSite, name: string, setting: Setting): Promise<Visit> {
  const { browserContextId } = await devtools.send('Target.createBrowserContext');
  try {
    const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
    const page = sessionId as string;
    await devtools.send('Security.setIgnoreCertificateErrors', { ignore: true }, page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: setting.slowdown }, page);
    site.delay(setting.delays);
    site.takeSent();
    const joined = site.joined();
    await devtools.send('Page.navigate', { url: site.pageOf(name) }, page);
    return { ...(await joined), ...site.takeSent() };
  } finally {
    await devtools.send('Target.disposeBrowserContext', { browserContextId });
  }
}
