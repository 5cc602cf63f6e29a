import '../src/index.js';
import { api, type Config } from './api.js';
import { breakPanel } from './panels/break.js';
import { inspectPanel } from './panels/inspect.js';
import { tryPanel } from './panels/try.js';
import { watchPanel } from './panels/watch.js';

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

function about({ domain, standin }: Config): string {
  if (api.tokenUrl === undefined)
    return 'Here the page has no server, so you join as a guest. “npm start” in a clone has people, tokens and things to break.';
  return standin
    ? `Runs against a local stand-in for Jitsi Meet at ${domain}. Set JITSI_DOMAIN to use a real deployment.`
    : `Runs against the Jitsi deployment at ${domain}.`;
}

async function start(): Promise<void> {
  const meeting = element<HTMLElementTagNameMap['jitsi-meeting']>('meeting');
  const [config, people, me] = await Promise.all([api.config(), api.people(), api.me()]);
  element('deployment').textContent = about(config);
  meeting.domain = config.domain;
  meeting.tokenUrl = api.tokenUrl;
  tryPanel(element('try-panel'), meeting, { config, people, me, tag: element('tag') });
  watchPanel(element('watch-panel'), meeting);
  breakPanel(element('break-panel'), meeting, config);
  inspectPanel(element('inspect-panel'), config);
}

start().catch((error: unknown) => {
  element('deployment').textContent =
    `The demo's server does not answer: ${error instanceof Error ? error.message : String(error)}`;
});
