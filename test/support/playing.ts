// Plays a recorded scene into a real meeting and writes down what a person sees of it.
import type { PropertyValues } from 'lit';
import type { Scene } from '../../demo/standin/scenes.js';
import type { SceneNotice } from '../../demo/standin/page/scene.js';
import { systemClock, type Clock } from '../../src/clock.js';
import { later } from '../../src/elements/later.js';
import { JitsiMeetingElement, type MeetingStateName } from '../../src/index.js';
import type { Doing } from './scene-expectations.js';
import type { Expectation, Moment } from './scene-kinds.js';
import { hastyClock } from './leftovers.js';
import {
  buttons,
  control,
  endpoint,
  frames,
  freshRoom,
  occupants,
  press,
  sentence,
  standin,
  until,
} from './in-browser.js';
import { inSight } from './in-sight.js';

const began = systemClock.now();

/** Says after each rendering what stands there. */
class WatchedMeeting extends JitsiMeetingElement {
  /**
   * The line for screen readers says everything at once and keeps it. No try comes by itself, and no screen is one of
   * those that come when something takes long, which it does on a busy machine.
   */
  static override get screenClock(): Clock {
    return { now: () => began, after: (delay, run) => (delay === 700 && run(), () => {}) };
  }

  onRendered = (): void => {};

  override connectedCallback(): void {
    inSight(this);
    super.connectedCallback();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.onRendered();
    super.updated(changed);
  }
}
customElements.define('watched-meeting', WatchedMeeting);

/** For scenes that end by a time-out. */
class HastyMeeting extends WatchedMeeting {
  static override readonly sessionTools = { clock: hastyClock };
}
customElements.define('hasty-meeting', HastyMeeting);

/** On a device that goes offline by itself, without the rest of this page. */
class OfflineMeeting extends WatchedMeeting {
  static readonly device = new EventTarget();
  static override readonly sessionTools = { surroundings: { window: OfflineMeeting.device, document } };
}
customElements.define('offline-meeting', OfflineMeeting);

/** On a device whose clock is a quarter of an hour ahead. */
class AheadMeeting extends WatchedMeeting {
  static override readonly sessionTools = {
    clock: { now: () => systemClock.now() + 15 * 60_000, after: systemClock.after.bind(systemClock) },
  };
}
customElements.define('ahead-meeting', AheadMeeting);

/** Of the tokens on that device: they are over there from the beginning, s. */
const tenMinutes = 600;

/** Of the short-lived tokens: long enough for a busy machine to get in, s. */
const shortLife = 6;
/** What a scene may take, ms. */
const patience = 45_000;

/** Whether the page of a recording has no token for the person. */
export const sendsNoToken = (scene: string): boolean =>
  /no-?token|nojwt|c10c-empty/.test(scene) || scene.startsWith('c06d');

// There from the start, so that a story tells of meetings and not of files.
await later.load();

/** What was seen of a meeting, from its first moment on. */
export class Witness {
  readonly story: Moment[] = [];
  readonly states: MeetingStateName[] = [];
  readonly errors: string[] = [];
  readonly warnings: string[] = [];
  reason: string | undefined;

  constructor(readonly meeting: WatchedMeeting) {
    meeting.onRendered = () => this.#look();
    meeting.addEventListener('meeting-state-change', (event) => {
      const { state, reason } = (event as CustomEvent<{ state: MeetingStateName; reason?: string }>).detail;
      this.states.push(state);
      this.reason = reason;
    });
    meeting.addEventListener('meeting-error', (event) =>
      this.errors.push((event as CustomEvent<{ error: { code: string } }>).detail.error.code),
    );
    meeting.addEventListener('meeting-warning', (event) =>
      this.warnings.push((event as CustomEvent<{ code: string }>).detail.code),
    );
  }

  get last(): string {
    return String(this.story.at(-1));
  }

  #look(): void {
    const moment: Moment = [this.meeting.state, sentence(this.meeting)];
    if (moment[0] !== 'idle' && String(moment) !== this.last) this.story.push(moment);
  }
}

/** Resolves with all that was seen once the last moment expected is there and the frame has nothing more to say. */
export async function play(
  { scene, events }: Scene,
  expected: Expectation,
  doing: Doing = 'command',
  properties: Partial<JitsiMeetingElement> = {},
): Promise<Witness> {
  const expires = events.some(([, event]) => /token (now )?expired/.test(event));
  const timesOut = /timeout/.test(expected.code ?? '') || expected.reason === 'connection-lost';
  const clockAhead = events.some(([, event]) => /device clock/.test(event));
  const goesOffline = events.some(([, event]) => /browser offline/.test(event));
  const Meeting = timesOut ? HastyMeeting : clockAhead ? AheadMeeting : goesOffline ? OfflineMeeting : WatchedMeeting;
  const meeting = new Meeting();
  Object.assign(meeting, {
    domain: /xsite/.test(scene) ? standin.otherHost : standin.host,
    room: `scene-${scene}.${freshRoom()}`,
    ...(sendsNoToken(scene) ? {} : { tokenProvider: tokens(expires ? shortLife : clockAhead ? tenMinutes : 3600) }),
    ...properties,
  });
  document.body.append(meeting);
  const witness = new Witness(meeting);
  let over = false;
  const passwords = ['wrong', 'right'];
  const hear = ({ data, source }: MessageEvent<Partial<SceneNotice>>): void => {
    if (source !== frames(meeting)[0]?.contentWindow || !data.standin) return;
    if (data.standin === 'over') over = true;
    if (data.standin === 'awaiting') {
      if (data.command === 'password') meeting.password = passwords.shift();
      else if (doing === 'command') meeting.executeCommand(data.command as 'hangup');
      else void meeting.leave();
      if (doing === 'leave-and-remove') meeting.remove();
    }
    const line = data.standin === 'note' && /\b(offline|online)\b/.exec(data.text!)?.[1];
    if (line && goesOffline) OfflineMeeting.device.dispatchEvent(new Event(line));
    if (data.standin === 'note' && data.text === '(>>> ACTION)' && doing === 'remove') meeting.remove();
  };
  window.addEventListener('message', hear);
  const end = String(expected.story.at(-1));
  try {
    if (expected.press) {
      await until(() => buttons(meeting).includes(expected.press!), `the button ${expected.press}`, patience);
      press(meeting, expected.press);
    }
    const settled = (): boolean => witness.last === end && (over || frames(meeting).length === 0);
    await until(settled, `${scene} to end with ${end}`, patience);
  } catch {
    // What was seen instead says more than that the end didn't come.
  } finally {
    window.removeEventListener('message', hear);
  }
  return witness;
}

/** Puts a meeting on this page, and resolves when it is joined. */
export async function visit(properties: Partial<JitsiMeetingElement>): Promise<Witness> {
  const meeting = Object.assign(new WatchedMeeting(), properties);
  const witness = new Witness(meeting);
  document.body.append(meeting);
  await until(() => witness.last.startsWith('joined'), 'joined', patience);
  return witness;
}

/** A scene that the recorder could not write down, because it broke with the rest: it is done, not played. */
export async function undergo({ scene }: Scene, doing: Doing): Promise<Witness> {
  const room = `${scene}.${freshRoom()}`;
  const properties = {
    domain: /xsite/.test(scene) ? standin.otherHost : standin.host,
    room,
    tokenUrl: endpoint().url,
    hideStatus: true,
  };
  const page = doing === 'frame-crashes' ? undefined : await pageInPage();
  const witness = await (page?.playing ?? { visit }).visit(properties);
  await until(async () => (await occupants(room)) === 1, `one in ${room}`, patience);
  if (doing === 'frame-crashes') await control(`rooms/${room}/die`);
  if (doing === 'browser-killed') await control(`rooms/${room}/drop`);
  if (doing === 'page-navigates') page!.frame.contentWindow!.location.href = '/__standin.json';
  else page?.frame.remove();
  await until(async () => (await occupants(room)) === 0, `no one in ${room}`);
  return witness;
}

type PageWithThis = Window & { playing?: { visit: typeof visit } };

/** A page of its own with these modules, which can go without taking the test along. */
async function pageInPage(): Promise<{ frame: HTMLIFrameElement; playing: { visit: typeof visit } }> {
  const frame = document.createElement('iframe');
  frame.allow = 'camera; microphone';
  frame.srcdoc = `<script type="module">
    import { visit } from ${JSON.stringify(import.meta.url)};
    window.playing = { visit };
  </script>`;
  document.body.append(frame);
  const page = (): PageWithThis | null => frame.contentWindow;
  await until(() => page()?.playing !== undefined, 'the page in the page', patience);
  return { frame, playing: page()!.playing! };
}

/** The first one as short-lived as said, the later ones for an hour. */
function tokens(life: number): () => Promise<string> {
  let count = 0;
  return async () => {
    const response = await fetch(`${endpoint('', count++ ? 3600 : life).url}&moderator=false`, { method: 'POST' });
    return ((await response.json()) as { token: string }).token;
  };
}
