import type { JitsiCommandName, JitsiCommands } from '../jitsi/commands.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';

/** What sending depends on. */
export interface CommandTarget {
  /** `undefined`: there is no frame. */
  readonly api: JitsiMeetExternalAPI | undefined;
  /** Whether the person is in the meeting. */
  readonly joined: boolean;
}

/** The commands of a session: sent at once, kept until an app is ready, or kept for the frame that comes next. */
export class FrameCommands {
  #ready = false;
  /** Whether the app was told to hang up: what is sent after that is for the next meeting, if there is one. */
  #saidGoodbye = false;
  #queue: [JitsiCommandName, unknown[]][] = [];
  /** What the app got before it was in a meeting. */
  #sentAhead: [JitsiCommandName, unknown[]][] = [];

  constructor(private readonly target: CommandTarget) {}

  /** Whether an app takes commands now. */
  get open(): boolean {
    return this.#ready && !this.#saidGoodbye;
  }

  send<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    const { api, joined } = this.target;
    // As it is now, and as it will be sent; what can't be is told to the caller.
    const command = (): [JitsiCommandName, unknown[]] => [name, JSON.parse(JSON.stringify(args)) as unknown[]];
    if (!api || !this.open) return void this.#queue.push(command());
    if (!joined) this.#sentAhead.push(command());
    api.executeCommand(name, ...args);
  }

  /** Whether the app would hear it or not: a goodbye doesn't wait. */
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

  /** The app is up: it gets what waited for it, in order. An app that was told to hang up gets nothing more. */
  appReady(): void {
    if (this.#saidGoodbye) return;
    this.#ready = true;
    const waiting = this.#queue.splice(0);
    this.#sentAhead.push(...waiting);
    for (const [name, args] of waiting) this.target.api?.executeCommand(name, ...(args as never));
  }

  /** What was sent ahead has arrived in the meeting. */
  arrived(): void {
    this.#sentAhead = [];
  }

  /** The frame didn't get in: what was sent into it is sent into the next one first. */
  handOver(): void {
    this.#queue.unshift(...this.#sentAhead.splice(0));
  }

  drop(): void {
    this.#queue = [];
    this.#sentAhead = [];
    this.#saidGoodbye = false;
  }

  /** Another meeting comes next: only what was sent after the goodbye is meant for it. */
  keepForNext(): void {
    if (!this.#saidGoodbye) this.drop();
  }
}
