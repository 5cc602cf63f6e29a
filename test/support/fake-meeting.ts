// A meeting whose clock, token endpoint and app are in the test's hands: no server, no waiting.
import { JitsiMeetingElement, type JitsiMeetExternalAPIConstructor, type SessionTools } from '../../src/index.js';
import { FakeClock, settle } from './clock.js';
import { FakeBackend } from './fake-backend.js';
import type { Late } from '../../src/late.js';
import { engine } from '../../src/elements/late-engine.js';
import { appWarmUp } from '../../src/elements/loading-controller.js';
import { later } from '../../src/elements/later.js';
import { explanations, tokenRules } from '../../src/session/late-parts.js';
import { failures } from '../../src/token/failing.js';

// There from the start, so that a test needs to wait for its own clock alone.
await Promise.all(
  [appWarmUp, engine, later, explanations, tokenRules, failures].map((part: Late<unknown>) => part.load()),
);

type Listener = (payload?: unknown) => void;

/** Stands in for Jitsi's script, with a real iframe that is empty. */
export class FakeApp {
  readonly commands: [string, ...unknown[]][] = [];
  readonly #iframe = document.createElement('iframe');
  readonly #listeners = new Map<string, Listener[]>();
  inMeeting = false;

  constructor(
    readonly world: World,
    readonly domain: string,
    readonly options: { roomName: string; parentNode: Element },
  ) {
    // As Jitsi's script does.
    Object.assign(this.#iframe.style, { border: '0', width: '100%', height: '100%' });
    options.parentNode.append(this.#iframe);
    world.apps.push(this);
  }

  getIFrame(): HTMLIFrameElement {
    return this.#iframe;
  }
  addListener(name: string, listener: Listener): this {
    this.#listeners.set(name, [...this.rawListeners(name), listener]);
    return this;
  }
  rawListeners(name: string): Listener[] {
    return this.#listeners.get(name) ?? [];
  }
  emit(name: string, payload: unknown): void {
    for (const listener of this.rawListeners(name)) listener(payload);
  }

  /** Says goodbye to a hang-up in a task of its own, unless the test has it hang. */
  executeCommand(name: string, ...args: unknown[]): void {
    this.commands.push([name, ...args]);
    if (name === 'hangup' && !this.world.hangs) this.world.clock.after(10, () => this.say('readyToClose'));
  }
  dispose(): void {
    this.#iframe.remove();
    this.world.apps.splice(this.world.apps.indexOf(this), 1);
  }

  say(name: string, payload: unknown = {}): void {
    if (name === 'videoConferenceJoined') this.inMeeting = true;
    if (name === 'videoConferenceLeft') this.inMeeting = false;
    this.emit(name, payload);
  }
  /** As the app does when all is well. */
  join(): void {
    this.say('ready');
    this.say('videoConferenceJoined', { id: 'me' });
  }
  kick(): void {
    this.say('participantKickedOut', { kicked: { id: 'me', local: true }, kicker: { id: 'other' } });
  }
}

/** What is around one meeting. */
export class World {
  readonly clock = new FakeClock();
  readonly backend = new FakeBackend(this.clock);
  /** Where the device says what becomes of its network. */
  readonly device = new EventTarget();
  isOnline = true;
  /** Those not disposed of. */
  readonly apps: FakeApp[] = [];
  /** How often Jitsi's script was asked for. */
  loads = 0;
  /** When Jitsi's script comes. */
  script: Promise<void> = Promise.resolve();
  /** Whether the app gives no answer to a hang-up. */
  hangs = false;

  get tools(): Partial<SessionTools> {
    const make = (domain: string, options: FakeApp['options']): FakeApp => new FakeApp(this, domain, options);
    return {
      clock: this.clock,
      fetch: this.backend.fetch,
      random: () => 0.5,
      loadApi: async () => {
        this.loads++;
        await this.script;
        return function (...args: Parameters<typeof make>) {
          return make(...args);
        } as unknown as JitsiMeetExternalAPIConstructor;
      },
      network: {
        isOnline: () => this.isOnline,
        onBack: (listener) => {
          this.device.addEventListener('online', listener);
          return () => this.device.removeEventListener('online', listener);
        },
      },
      surroundings: { window: this.device, document: new EventTarget() },
      blockedDevices: () => Promise.resolve([]),
      secureContext: true,
    };
  }

  /** The network goes or comes back. */
  network(isOnline: boolean): void {
    this.isOnline = isOnline;
    this.device.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
  }

  get app(): FakeApp | undefined {
    return this.apps.at(-1);
  }

  /** Until every app has done what it should. */
  async settleDown(ms = 100): Promise<void> {
    await task();
    for (let time = 0; time < 3; time++) {
      await this.clock.pass(ms);
      for (const app of this.apps) if (!app.inMeeting) app.join();
    }
    await this.clock.pass(0);
  }
}

/** Removal counts when a task of the element's own is over. The way round keeps timers from waiting 4 ms each. */
export async function task(): Promise<void> {
  await settle();
  await new Promise((resolve) => setTimeout(resolve));
}

let names = 0;

/** A meeting that isn't on the page yet, with a world of its own. */
export function fakeMeeting(properties: Partial<JitsiMeetingElement> = {}) {
  const world = new World();
  world.backend.claims = { room: '*' };
  class FakeMeeting extends JitsiMeetingElement {
    static override readonly sessionTools = world.tools;
  }
  customElements.define(`fake-meeting-${names++}`, FakeMeeting);
  const meeting = Object.assign(new FakeMeeting(), {
    domain: 'meet.example.org',
    room: 'A',
    tokenUrl: 'https://www.example.org/token',
    ...properties,
  });
  return { meeting, world };
}
