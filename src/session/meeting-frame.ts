import type { Clock } from '../clock.js';
import type { JitsiCommandName, JitsiCommands } from '../jitsi/commands.js';
import type { JitsiEventName, JitsiEvents } from '../jitsi/events.js';
import { openFrame, type OpenFrame } from '../jitsi/frame.js';
import type { JitsiMeetExternalAPI, JitsiMeetExternalAPIConstructor } from '../jitsi/methods.js';
import { readSignal, tellsOfFailure, type ReadFailure, type Signal, type WaitingFor } from '../jitsi/app-events.js';
import type { CurrentToken } from '../token/token-manager.js';
import { withoutWords } from '../without-words.js';
import type { CurrentOptions } from './current-options.js';
import { explanations } from './late-parts.js';
import { FrameCommands } from './frame-commands.js';
import { apiOptions, type MuteState, type Resumed } from './api-options.js';
import type { Target } from './target.js';

/** Options that change a running meeting, each by the command of the same name. */
const liveOptions = ['displayName', 'email', 'subject'] as const;

export interface FrameEvents {
  event(name: JitsiEventName, payload: unknown): void;
  signal(signal: Signal): void;
}

/**
 * The one frame of a session, its token and what the app in it said. `open` throws while a frame is open, because that
 * is a bug of the session.
 */
export class MeetingFrame {
  token: CurrentToken | undefined;
  /** Whether the token is older than this attempt to join: it was kept, or the person waited or was in the meeting. */
  tokenIsKept = false;
  /** The person's role as the server last gave it. */
  role: string | undefined;
  /** What the app shows, or waits for, before the person is in. */
  waitingFor: WaitingFor | undefined;
  /** Whether the person is in the meeting. */
  joined = false;

  #frame: OpenFrame | undefined;
  readonly #commands = new FrameCommands(this);
  /** The mute states that the app last reported, joined or not. */
  #devices: MuteState = {};
  /** What the frame said after a failure whose words are being fetched. */
  #untold: (() => void)[] = [];
  /** What the person had in the meeting, or chose on its prejoin screen: the next frame begins with it. */
  #resumed: Resumed | undefined;
  /** What the person has chosen on the prejoin screen; `undefined` until it is shown. */
  #chosen: Resumed | undefined;
  /** Whether the app asks for the room's password. */
  #locked = false;
  #password: string | undefined;
  #ownId: string | undefined;
  #sent: Partial<Record<(typeof liveOptions)[number], string | undefined>> = {};

  constructor(
    private readonly container: () => HTMLElement,
    private readonly options: CurrentOptions,
    private readonly events: FrameEvents,
    private readonly clock: Clock,
  ) {}

  get api(): JitsiMeetExternalAPI | undefined {
    return this.#frame?.api;
  }

  /** False when the browser has unloaded the frame behind the session's back. */
  get alive(): boolean {
    return this.#frame?.alive ?? true;
  }

  /** @throws JitsiMeetingError script-invalid */
  open(Api: JitsiMeetExternalAPIConstructor, target: Target, token: CurrentToken | undefined): void {
    if (this.#frame) throw new Error('There is a frame already.');
    const options = this.options.read();
    const { displayName, email, subject, frameTitle } = options;
    this.token = token;
    this.tokenIsKept = token?.reused ?? false;
    this.#commands.frameOpened();
    this.#sent = { displayName, email, subject };
    this.#frame = openFrame(
      Api,
      target.domain,
      { ...apiOptions(options, target, token?.jwt, this.#resumed), parentNode: this.container(), title: frameTitle },
      {
        event: (name, payload) => this.#inTurn(() => this.#hear(name, payload), tellsOfFailure(name)),
        loaded: () => this.#inTurn(() => this.events.signal({ type: 'loaded' })),
        gone: () => this.#inTurn(() => this.events.signal({ type: 'closed' })),
      },
      { clock: this.clock },
    );
  }

  dispose(): void {
    this.#frame?.dispose();
    this.#frame = undefined;
    this.#commands.frameDisposed();
    this.joined = this.#locked = false;
    this.#ownId = this.role = this.#password = this.waitingFor = this.#chosen = undefined;
    this.#devices = {};
    this.#untold = [];
  }

  /** Sent at once, or in order once the app is ready. */
  execute<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    this.#commands.send(name, ...args);
  }

  hangUp(): void {
    this.#commands.hangUp();
  }

  /** This frame didn't get in: the next one gets its commands, and what the person chose in it. */
  handOver(): void {
    if (this.#chosen) this.#resumed = { ...this.#resumed, ...mutedOnes(this.#devices), ...this.#chosen };
    this.#commands.handOver();
  }

  dropCommands(): void {
    this.#commands.drop();
  }

  /** The next frame is for another meeting. */
  forget(): void {
    this.#commands.keepForNext();
    this.#resumed = undefined;
  }

  /** Tells the app which live options changed. */
  update(): void {
    if (this.#commands.open) this.#sendLive();
  }

  #sendLive(): void {
    const options = this.options.latest;
    for (const name of liveOptions) {
      const value = options[name];
      if (value === this.#sent[name]) continue;
      this.#sent[name] = value;
      this.execute(name, value ?? '');
    }
    this.#sendPassword();
  }

  /** The app takes a password only when it asks for one, or in the meeting, where the password locks the room. */
  #sendPassword(): void {
    const { password } = this.options.latest;
    if (password === this.#password || !(this.joined || (this.#locked && password))) return;
    this.#password = password;
    this.execute('password', password ?? '');
  }

  /** What is told of a failure needs its words; while they are being fetched, what comes after it waits its turn. */
  #inTurn(tell: () => void, isFailure = false): void {
    const waiting = this.#untold;
    if (waiting.length === 0 && !(isFailure && !explanations.now)) return tell();
    if (waiting.push(tell) > 1) return;
    void explanations.tryToLoad().then(() => {
      // What is told may end this frame, and begin another.
      while (this.#untold === waiting && waiting.length > 0) waiting.shift()!();
    });
  }

  #hear(name: JitsiEventName, payload: unknown): void {
    const readFailure = explanations.now?.readFailure ?? failureWithoutWords;
    const signal = this.#onTop(readSignal(name, payload, this.#ownId, readFailure));
    this.#remember(name, payload);
    if (signal?.type === 'ready') {
      this.#commands.appReady();
      this.update();
    }
    if (signal?.type === 'waiting') this.tokenIsKept = true;
    // The app's log may hold anything, so a page gets it only if it asked for it.
    if (name !== 'log' || this.options.latest.configOverwrite?.apiLogLevels) this.events.event(name, payload);
    if (signal) this.events.signal(signal);
  }

  /**
   * In a lobby, for one, the app calls its screen prejoin as well: then `waitingFor` keeps what the person waits for.
   */
  #onTop(signal: Signal | undefined): Signal | undefined {
    if (signal?.type === 'ready' || signal?.type === 'joined') this.waitingFor = undefined;
    if (signal?.type !== 'waiting') return signal;
    this.waitingFor = (signal.for === 'prejoin' && this.waitingFor) || signal.for;
    return { ...signal, for: this.waitingFor };
  }

  #remember(name: JitsiEventName, payload: unknown): void {
    switch (name) {
      case 'videoConferenceJoined':
        this.joined = true;
        this.#commands.arrived();
        this.#locked = false;
        this.#password = this.options.latest.password;
        this.#ownId = (payload as JitsiEvents['videoConferenceJoined']).id;
        this.#resumed = { ...this.#resumed, ...mutedOnes(this.#devices) };
        this.tokenIsKept = true;
        return;
      case 'videoConferenceLeft':
        this.joined = false;
        return;
      case 'prejoinScreenLoaded':
        if (this.waitingFor === 'prejoin') this.#chosen ??= {};
        return;
      case 'displayNameChange': {
        const { id, displayname } = payload as JitsiEvents['displayNameChange'];
        if (this.#chosen && id === 'local' && displayname) this.#chosen.displayName = displayname;
        return;
      }
      case 'participantRoleChanged': {
        const { id, role } = payload as JitsiEvents['participantRoleChanged'];
        if (id === this.#ownId) this.role = role;
        return;
      }
      case 'passwordRequired':
        this.#locked = true;
        this.#sendPassword();
        return;
      case 'audioMuteStatusChanged':
        return this.#noteMuted({ audio: (payload as JitsiEvents['audioMuteStatusChanged']).muted });
      case 'videoMuteStatusChanged':
        return this.#noteMuted({ video: (payload as JitsiEvents['videoMuteStatusChanged']).muted });
    }
  }

  /** While joining and leaving, the app mutes and unmutes by itself. Only in the meeting it is the person's choice. */
  #noteMuted(muted: MuteState): void {
    Object.assign(this.#devices, muted);
    if (this.#chosen) Object.assign(this.#chosen, muted);
    if (this.joined) this.#resumed = { ...this.#resumed, ...muted };
  }
}

/** Only the devices that are muted: the app calls a microphone open until it has looked for one. */
function mutedOnes(devices: MuteState): MuteState {
  return Object.fromEntries(Object.entries(devices).filter(([, muted]) => muted));
}

/** Without words only the end of a connection is sure; what else it may be the time limits tell. */
const failureWithoutWords: ReadFailure = (name, payload) => {
  const { isFatal } = (payload as Partial<JitsiEvents['errorOccurred']> | undefined)?.error ?? {};
  return name === 'suspendDetected' || isFatal
    ? { type: 'fatal', error: withoutWords('conference-failed') }
    : undefined;
};
