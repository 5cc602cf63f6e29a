import { expect } from '@open-wc/testing';
import '../../src/index.js';
import {
  jitsiCommandNames,
  jitsiEventNames,
  type JitsiCommandName,
  type JitsiEventName,
  type JitsiMeetExternalAPI,
  type JitsiMeetingElement,
} from '../../src/index.js';
import { commandSamples, eventSamples } from '../helpers/api-samples.js';
import type { EchoMessage } from '../helpers/echo-page.js';
import { frames, freshRoom, makeMeeting, reached, standin, until } from './support.js';

type Heard = Extract<EchoMessage, { heard: unknown }>['heard'];
type Said = Extract<EchoMessage, { say: unknown }>['say'];

const tables = (await (await fetch(`${standin.origin}/echo/tables.json`)).json()) as Record<
  'events' | 'commands',
  Record<string, string>
>;
const innerEvents = new Map(Object.entries(tables.events).map(([inner, name]) => [name, inner]));
// What the script makes by itself out of messages that its table doesn't have.
innerEvents
  .set('largeVideoChanged', 'on-stage-participant-changed')
  .set('prejoinVideoChanged', 'on-prejoin-video-changed');

const endsFrame = new Set<JitsiEventName>(['suspendDetected', 'videoConferenceLeft', 'readyToClose']);

/** In the order of a meeting; what takes the frame away comes last, each in a meeting of its own. */
function rank(name: JitsiEventName): number {
  if (name === 'ready') return -2;
  if (name === 'videoConferenceJoined') return -1;
  return endsFrame.has(name) ? 1 : 0;
}

let meeting: JitsiMeetingElement;
let heard: Heard[];

const listen = ({ data }: MessageEvent<EchoMessage>): void => {
  if (typeof data === 'object' && data !== null && 'heard' in data) heard.push(data.heard);
};

/** A meeting whose frame is a page that does nothing by itself. */
async function put(): Promise<void> {
  heard = [];
  window.addEventListener('message', listen);
  const configOverwrite = { apiLogLevels: ['error' as const] };
  meeting = makeMeeting({ tenant: 'echo', room: freshRoom(), configOverwrite });
  document.body.append(meeting);
  await reached(meeting, 'ready');
}

function say(message: Said): void {
  frames(meeting)[0]!.contentWindow!.postMessage({ say: message }, standin.origin);
}

/** The `detail` that the element dispatches when the frame says it, or the words `nothing came`. */
function detailOf(name: JitsiEventName, message: Said): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('nothing came'), 2000);
    const done = (event: Event): void => {
      clearTimeout(timer);
      resolve((event as CustomEvent<unknown>).detail);
    };
    meeting.addEventListener(name, done, { once: true });
    say(message);
  });
}

/** What arrives inside the frame when something is sent. */
async function arrivedBy(send: () => void): Promise<Heard> {
  const before = heard.length;
  send();
  await until(() => heard.length > before, 'a message inside the frame');
  return heard[before]!;
}

afterEach(() => {
  window.removeEventListener('message', listen);
  meeting.remove();
});

describe("every event of Jitsi's script", () => {
  it('reaches a listener on the element, its payload unchanged', async () => {
    await put();
    const names = Object.keys(eventSamples) as JitsiEventName[];
    const sendable = names.filter((name) => innerEvents.has(name));
    sendable.sort((a, b) => rank(a) - rank(b));
    const wrong: unknown[] = [];
    for (const name of sendable) {
      const payload: object | undefined = eventSamples[name];
      if (endsFrame.has(name)) {
        meeting.remove();
        await put();
      }
      const detail = await detailOf(name, { ...payload, name: innerEvents.get(name)! });
      if (JSON.stringify(detail) !== JSON.stringify(payload ?? null)) wrong.push({ name, detail });
    }
    expect(wrong).to.deep.equal([]);
    expect(sendable).to.have.length(82);
    expect(names.filter((name) => !innerEvents.has(name))).to.deep.equal(['audioOnlyChanged']);
    expect([...names].sort()).to.deep.equal([...jitsiEventNames].sort());
  });
});

describe("every command of Jitsi's script", () => {
  it('arrives inside the frame as the real API sends it', async () => {
    await put();
    const wrong: unknown[] = [];
    for (const [name, inner] of Object.entries(tables.commands) as [JitsiCommandName, string][]) {
      const args = commandSamples[name] as never;
      const byElement = await arrivedBy(() => meeting.executeCommand(name, ...args));
      const byApi = await arrivedBy(() => (meeting.api as JitsiMeetExternalAPI).executeCommand(name, ...args));
      const expected = JSON.stringify({ name: inner, data: args });
      for (const { name: arrived, data } of [byElement, byApi]) {
        if (JSON.stringify({ name: arrived, data }) !== expected) wrong.push({ name, arrived, data });
      }
    }
    expect(wrong).to.deep.equal([]);
    expect(jitsiCommandNames.filter((name) => !(name in tables.commands))).to.deep.equal(['setAudioOnly']);
  });

  it('waits in order until the app is ready', async () => {
    heard = [];
    window.addEventListener('message', listen);
    meeting = makeMeeting({ tenant: 'echo', loading: 'manual' });
    document.body.append(meeting);
    meeting.join().catch(() => {});
    meeting.executeCommand('toggleAudio');
    meeting.executeCommand('subject', 'First');
    meeting.executeCommand('toggleVideo');
    await until(() => heard.length >= 3, 'three commands inside the frame');
    expect(heard.map(({ name }) => name)).to.deep.equal(['toggle-audio', 'subject', 'toggle-video']);
  });
});

describe('a listener that throws', () => {
  it('keeps the event neither from the other listeners nor from the session', async () => {
    await put();
    const reports: string[] = [];
    const report = window.onerror;
    window.onerror = (message) => reports.push(String(message)) > 0;
    try {
      const told: string[] = [];
      meeting.addEventListener('videoConferenceJoined', () => {
        throw new Error('a fault of the page');
      });
      meeting.addEventListener('videoConferenceJoined', () => told.push('element'));
      (meeting.api as JitsiMeetExternalAPI).on('videoConferenceJoined', () => told.push('api'));
      say({ ...eventSamples.videoConferenceJoined, name: 'video-conference-joined' });
      await until(() => told.length === 2, 'both other listeners');
      expect(meeting.state).to.equal('joined');
      expect(reports.join()).to.contain('a fault of the page');
    } finally {
      window.onerror = report;
    }
  });
});
