import { expect } from '@open-wc/testing';
import '../../src/index.js';
import {
  JitsiMeetingError,
  jitsiCommandNames,
  jitsiEventNames,
  scriptAddress,
  type JitsiCommandName,
  type JitsiEventName,
  type JitsiMeetExternalAPI,
  type JitsiMeetingElement,
} from '../../src/index.js';
import { loadExternalApi } from '../../src/jitsi/load.js';
import { openFrame } from '../../src/jitsi/frame.js';
import { commandSamples, eventSamples, questionSamples } from '../support/api-samples.js';
import type { EchoMessage } from '../support/echo-page.js';
import { frames, freshRoom, makeMeeting, reached, standin, until } from '../support/in-browser.js';

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

type Question = (...args: unknown[]) => Promise<unknown>;
type QuestionName = keyof typeof questionSamples;

const questions = Object.keys(questionSamples) as QuestionName[];
/** What waits for no answer: the script knows it, or sends a command. */
const answeredAtOnce: readonly QuestionName[] = ['isDeviceListAvailable', 'setMediaEncryptionKey'];
const asked = questions.filter((name) => !answeredAtOnce.includes(name));

/** What comes of the questions, by name; an error of ours as its code. */
async function ask(api: JitsiMeetExternalAPI, names: readonly QuestionName[]): Promise<Record<string, unknown>> {
  const fates = names.map(async (name) => {
    const fate = await (api[name] as Question)(...questionSamples[name]).catch((error: unknown) =>
      error instanceof JitsiMeetingError ? error.code : error,
    );
    return [name, fate] as const;
  });
  return Object.fromEntries(await Promise.all(fates));
}

const all = (names: readonly QuestionName[], fate: string): object =>
  Object.fromEntries(names.map((name) => [name, fate]));

const silence = (frame: HTMLIFrameElement): void => frame.contentWindow!.postMessage({ silent: true }, standin.origin);

describe("every question of Jitsi's script", () => {
  it('comes back with what the app answers', async () => {
    await put();
    const fates = await ask(meeting.api as JitsiMeetExternalAPI, questions);
    expect(fates['getRoomsInfo']).to.deep.equal({ heard: { name: 'rooms-info', includeHidden: true } });
    expect(fates['isDeviceListAvailable']).to.equal(true);
    for (const name of asked) expect(fates[name], name).to.have.nested.property('heard.name');
  });

  it('is rejected when the meeting ends before the app answers, and after the end', async () => {
    await put();
    silence(frames(meeting)[0]!);
    const api = meeting.api as JitsiMeetExternalAPI;
    const fates = ask(api, asked);
    await meeting.leave();
    expect(await fates).to.deep.equal(all(asked, 'aborted'));
    expect(await ask(api, questions)).to.deep.equal(all(questions, 'aborted'));
  });

  it('is rejected when the app does not answer in time, on an instance that is still one of Jitsi', async () => {
    const Api = await loadExternalApi({ src: scriptAddress({ domain: standin.host }) });
    const parentNode = document.body.appendChild(document.createElement('div'));
    let up = false;
    const listener = {
      event: (name: string) => void (up ||= name === 'ready'),
      loaded: () => undefined,
      gone: () => {},
    };
    const options = { roomName: `echo/${freshRoom()}`, parentNode };
    const { api, dispose } = openFrame(Api, standin.host, options, listener, { timeout: 300 });
    try {
      await until(() => up, 'the app');
      silence(api.getIFrame());
      const impatient = asked.filter((name) => name !== 'captureCameraPicture');
      expect(await ask(api, impatient)).to.deep.equal(all(impatient, 'iframe-timeout'));
      expect(api).to.be.instanceOf(Api);
    } finally {
      dispose();
      parentNode.remove();
    }
  });
});

describe('the number of a frame', () => {
  it('is in its address as a setting, which Jitsi hands on to a sign-in inside the frame', async () => {
    const Api = await loadExternalApi({ src: scriptAddress({ domain: standin.host }) });
    const parentNode = document.body.appendChild(document.createElement('div'));
    const silent = { event: () => {}, loaded: () => {}, gone: () => {} };
    const open = (): ReturnType<typeof openFrame> =>
      openFrame(Api, standin.host, { roomName: freshRoom(), parentNode }, silent);
    const opened = [open(), open(), open()];
    try {
      for (const [index, { api }] of opened.entries()) {
        const hash = new URLSearchParams(new URL(api.getIFrame().src).hash.slice(1));
        const number = hash.get('jitsi_meet_external_api_id');
        // Of the first one only the script itself knows it.
        if (index > 0) expect(hash.get('config.jitsiMeetExternalApiId')).to.equal(number);
      }
    } finally {
      for (const { dispose } of opened) dispose();
      parentNode.remove();
    }
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
      const api = meeting.api as JitsiMeetExternalAPI;
      api.on('videoConferenceJoined', () => {
        throw new Error('another fault');
      });
      api.on('videoConferenceJoined', () => told.push('api'));
      say({ ...eventSamples.videoConferenceJoined, name: 'video-conference-joined' });
      await until(() => told.length === 2, 'both other listeners');
      expect(meeting.state).to.equal('joined');
      expect(reports.join()).to.contain('a fault of the page').and.to.contain('another fault');
    } finally {
      window.onerror = report;
    }
  });
});
