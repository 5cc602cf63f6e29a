import type { JitsiCommandName, JitsiCommands } from '../external-api/commands.js';
import type { JitsiEventName, JitsiEvents } from '../external-api/events.js';
import { openFrame, type MeetingFrame } from '../external-api/frame.js';
import type { JitsiMeetExternalAPI, JitsiMeetExternalAPIConstructor } from '../external-api/methods.js';
import { readSignal, type Signal } from '../external-api/signals.js';
import type { HeldToken } from '../token/keeper.js';
import { apiOptions, type MuteState } from './api-options.js';
import type { MeetingOptions, Target } from './options.js';

/** What changes a running meeting by the command of the same name. */
const liveOptions = ['displayName', 'email', 'subject', 'password'] as const;

export interface FrameEvents {
  event(name: JitsiEventName, payload: unknown): void;
  signal(signal: Signal): void;
}

/**
 * The one frame of a session, its token, what was sent into it and what it said. Opening one when one is open is a fault
 * of the session, so it throws.
 */
export class HeldFrame {
  token: HeldToken | undefined;
  /** The person's role as the server last gave it. */
  role: string | undefined;
  /** Of the last meeting that was joined, for the frame that takes its place. */
  muted: MuteState = {};

  #frame: MeetingFrame | undefined;
  #ready = false;
  #joined = false;
  #ownId: string | undefined;
  #queue: [JitsiCommandName, unknown[]][] = [];
  #sent: Partial<Record<(typeof liveOptions)[number], string | undefined>> = {};

  constructor(
    private readonly container: () => HTMLElement,
    private readonly options: () => MeetingOptions,
    private readonly events: FrameEvents,
  ) {}

  get api(): JitsiMeetExternalAPI | undefined {
    return this.#frame?.api;
  }

  /** @throws JitsiMeetingError script-invalid */
  open(Api: JitsiMeetExternalAPIConstructor, target: Target, token: HeldToken | undefined): void {
    if (this.#frame) throw new Error('There is a frame already.');
    const options = this.options();
    const { displayName, email, subject, password, frameTitle } = options;
    this.token = token;
    this.#sent = { displayName, email, subject };
    this.#frame = openFrame(
      Api,
      target.domain,
      { ...apiOptions(options, target, token?.jwt, this.muted), parentNode: this.container(), title: frameTitle },
      (name, payload) => this.#hear(name, payload),
    );
    if (password) this.#sendLive();
  }

  dispose(): void {
    this.#frame?.dispose();
    this.#frame = undefined;
    this.#ready = this.#joined = false;
    this.#ownId = this.role = undefined;
  }

  /** Sent at once, or in order once the app is ready. */
  execute<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    if (this.#frame && this.#ready) this.#frame.api.executeCommand(name, ...args);
    else this.#queue.push([name, args]);
  }

  /** Whether the app would hear it or not: a goodbye waits for nobody. */
  hangUp(): void {
    this.#frame?.api.executeCommand('hangup');
  }

  dropCommands(): void {
    this.#queue = [];
  }

  /** Tells the app what of the live options changed. */
  update(): void {
    if (this.#ready) this.#sendLive();
  }

  #sendLive(): void {
    const options = this.options();
    for (const name of liveOptions) {
      const value = options[name];
      if (value === this.#sent[name]) continue;
      this.#sent[name] = value;
      this.execute(name, value ?? '');
    }
  }

  #hear(name: JitsiEventName, payload: unknown): void {
    const signal = readSignal(name, payload, this.#ownId);
    this.#remember(name, payload);
    if (signal?.type === 'ready') this.#flush();
    // What the app logs may hold anything; a page gets it only if it asked for it.
    if (name !== 'log' || this.options().configOverwrite?.apiLogLevels) this.events.event(name, payload);
    if (signal) this.events.signal(signal);
  }

  #flush(): void {
    this.#ready = true;
    for (const [name, args] of this.#queue.splice(0)) this.#frame?.api.executeCommand(name, ...(args as never));
    this.update();
  }

  #remember(name: JitsiEventName, payload: unknown): void {
    switch (name) {
      case 'videoConferenceJoined':
        this.#joined = true;
        this.#ownId = (payload as JitsiEvents['videoConferenceJoined']).id;
        // From now on the token is no longer straight from the backend.
        if (this.token) this.token.kept = true;
        return;
      case 'videoConferenceLeft':
        this.#joined = false;
        return;
      case 'participantRoleChanged': {
        const { id, role } = payload as JitsiEvents['participantRoleChanged'];
        if (id === this.#ownId) this.role = role;
        return;
      }
      // On the way in and out the app mutes and unmutes by itself.
      case 'audioMuteStatusChanged':
        if (this.#joined) this.muted.audio = (payload as JitsiEvents['audioMuteStatusChanged']).muted;
        return;
      case 'videoMuteStatusChanged':
        if (this.#joined) this.muted.video = (payload as JitsiEvents['videoMuteStatusChanged']).muted;
    }
  }
}
