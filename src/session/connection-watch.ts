import type { Clock } from '../clock.js';
import type { PolicyReport, Violation } from '../jitsi/page-policy.js';
import type { Input, NodeName } from './machine.js';
import { watchPage, type Surroundings } from './page-lifecycle.js';
import type { RecoveryPolicy } from './recovery-policy.js';

/** ms; a connection that drops this shortly before the token expires may not be back in time. The app needs seconds. */
const longestDrop = 10_000;

export interface ConnectionEvents {
  node(): NodeName;
  input(input: Input): void;
  /** The device went offline, or is online again. */
  networkChanged(): void;
  clockSetBack(jump: number): void;
  violation(violation: Violation | PolicyReport): void;
}

/** Watches page and device for signs of a dropped connection, because the app in the frame does not report one. */
export class ConnectionWatch {
  /** Whether the device is offline, as its last event said. */
  isCutOff = false;
  /** Whether the only sign of a dropped connection is that the clock jumped. */
  #onlyClockJumped = false;
  #cancelDoubt = (): void => {};
  #end: (() => void) | undefined;
  /** What was reported before a later join is of an earlier one, and may not hold any more. */
  #isFirst = true;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly clock: Clock,
    private readonly policy: RecoveryPolicy,
    private readonly events: ConnectionEvents,
    /** Violations from before it began. */
    private readonly earlier: () => Violation[] = () => [],
  ) {}

  begin(): void {
    this.#end ??= watchPage(
      this.surroundings,
      this.clock,
      {
        suspect: (sign) => this.suspect(sign),
        network: (name) => {
          this.isCutOff = name === 'offline';
          this.events.input(name);
          this.events.networkChanged();
        },
        clockSetBack: (jump) => this.events.clockSetBack(jump),
        hide: () => this.events.input('hide'),
        violation: (violation) => this.events.violation(violation),
      },
      this.#isFirst,
    );
    this.#isFirst = false;
    for (const violation of this.earlier()) this.events.violation(violation);
  }

  end(): void {
    this.#end?.();
    this.#end = undefined;
  }

  /** While the token is valid, the app reconnects by itself. So doubt begins when the token expires before that. */
  suspect(sign: 'app' | 'network' | 'page' | 'clock'): void {
    const { events, policy } = this;
    this.#onlyClockJumped = sign === 'clock' && (this.#onlyClockJumped || events.node() !== 'presumed-dead');
    events.input('suspect');
    const left = policy.tokenLeft;
    if (events.node() !== 'joined' || left <= 0 || left > longestDrop) return;
    this.endDoubt();
    this.#cancelDoubt = this.clock.after(left, () => events.input('suspect'));
  }

  endDoubt(): void {
    this.#cancelDoubt();
  }

  /** A new token shows the server's time as well. By that, the device's clock may only have been set ahead. */
  tokenCame(): void {
    if (this.events.node() === 'presumed-dead' && this.#onlyClockJumped && !this.policy.isOverForServer)
      this.events.input('alive');
  }
}
