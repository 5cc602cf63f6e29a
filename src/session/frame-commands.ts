import type { JitsiCommandName, JitsiCommands } from '../jitsi/commands.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';

/** The frame that the commands are sent to. */
export interface CommandTarget {
  /** `undefined` while there is no frame. */
  readonly api: JitsiMeetExternalAPI | undefined;
  /** Whether the person is in the meeting. */
  readonly joined: boolean;
}

/** The commands of a session: sent at once, kept until an app is ready, or kept for the frame that comes next. */
export class FrameCommands {
  #ready = false;
  /** Whether the app was told to hang up. Commands after that are kept for the next meeting. */
  #saidGoodbye = false;
  #queue: [JitsiCommandName, unknown[]][] = [];
  /** Commands that the app got before it joined. */
  #sentAhead: [JitsiCommandName, unknown[]][] = [];

  constructor(private readonly target: CommandTarget) {}

  /** Whether the app takes commands now. */
  get open(): boolean {
    return this.#ready && !this.#saidGoodbye;
  }

  send<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    const { api, joined } = this.target;
    // A copy in JSON, as it will be sent: later changes of `args` don't count, and JSON's errors reach the caller.
    const command = (): [JitsiCommandName, unknown[]] => [name, JSON.parse(JSON.stringify(args)) as unknown[]];
    if (!api || !this.open) return void this.#queue.push(command());
    if (!joined) this.#sentAhead.push(command());
    api.executeCommand(name, ...args);
  }

  /** Sent at once, even when the app isn't ready to hear it: leaving never waits for the app. */
  hangUp(): void {
    this.target.api?.executeCommand('hangup');
    this.drop();
    this.#saidGoodbye = true;
  }

  frameOpened(): void {
    this.#saidGoodbye = false;
  }

  frameDisposed(): void {
    this.#ready = false;
  }

  /** The app is ready: it gets the commands that waited, in order. An app that was told to hang up gets none. */
  appReady(): void {
    if (this.#saidGoodbye) return;
    this.#ready = true;
    const waiting = this.#queue.splice(0);
    this.#sentAhead.push(...waiting);
    for (const [name, args] of waiting) this.target.api?.executeCommand(name, ...(args as never));
  }

  /** The app has joined, so the commands that were sent ahead have arrived. */
  arrived(): void {
    this.#sentAhead = [];
  }

  /** The frame didn't get in: the next one gets its commands first. */
  handOver(): void {
    this.#queue.unshift(...this.#sentAhead.splice(0));
  }

  drop(): void {
    this.#queue = [];
    this.#sentAhead = [];
    this.#saidGoodbye = false;
  }

  /** Another meeting comes next: only commands that were sent after the goodbye are meant for it. */
  keepForNext(): void {
    if (!this.#saidGoodbye) this.drop();
  }
}
