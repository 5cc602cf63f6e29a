import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { install } from './app.js';

/** What makes each of them the globals of a test. */
const setUps = {
  'happy-dom': `import { GlobalRegistrator } from '@happy-dom/global-registrator'; GlobalRegistrator.register();`,
  jsdom: `import { JSDOM } from 'jsdom';
    const { window } = new JSDOM('<!doctype html>', { url: 'https://www.example.org/', pretendToBeVisual: true });
    for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
    for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) globalThis[name] = window[name].bind(window);
    Object.assign(globalThis, { window, Event: window.Event, CustomEvent: window.CustomEvent, EventTarget: window.EventTarget, AbortController: window.AbortController, AbortSignal: window.AbortSignal });`,
};

let folder: string;
beforeAll(() => {
  folder = install('unit-doms', ['@happy-dom/global-registrator', 'jsdom@26']);
});

it.each(Object.entries(setUps))(
  '%s makes the element, renders it and ends; nothing is rejected unheard',
  (name, setUp) => {
    // Imported when the globals are there.
    writeFileSync(
      `${folder}/${name}.mjs`,
      `${setUp}
    process.on('unhandledRejection', (reason) => { console.error(reason); process.exit(1); });
    await import('jitsi-meeting-element');
    const meeting = document.createElement('jitsi-meeting');
    const all = { configOverwrite: { startWithAudioMuted: true }, displayName: 'Ada', token: 'x', warmUp: 'app', hideStatus: true };
    Object.assign(meeting, { domain: 'meet.example.org', room: 'Team', loading: 'lazy', lang: 'en', ...all });
    const states = [];
    meeting.addEventListener('meeting-state-change', ({ detail }) => states.push(detail.state));
    document.body.append(meeting);
    await meeting.updateComplete;
    await new Promise((done) => setTimeout(done, 50));
    console.log(JSON.stringify([meeting.shadowRoot.querySelectorAll('[part="message"]').length, states[0] ?? 'idle']));
    meeting.remove();`,
    );
    // A timer that the element left behind would keep the process; the longest one of a join takes 20 s.
    const said = execFileSync(process.execPath, [`${name}.mjs`], { cwd: folder, encoding: 'utf8', timeout: 15_000 });
    expect(JSON.parse(said.trim().split('\n').at(-1)!)).toEqual([1, expect.stringMatching(/^(idle|connecting)$/)]);
  },
);
