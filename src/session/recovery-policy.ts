import type { JitsiMeetingError, ErrorCode } from '../errors.js';
import type { WaitingFor } from '../jitsi/app-events.js';
import type { Preflight } from '../preflight/types.js';
import type { TokenManager } from '../token/token-manager.js';
import { onlyPage } from './failures.js';
import type { MeetingFrame } from './meeting-frame.js';
import type { Guard } from './machine.js';
import type { CurrentOptions } from './current-options.js';
import { silentFindings } from './explain-refusal.js';
import type { RejoinBudget } from './rejoin-budget.js';

/** What comes with an input: of a wait for what, of a failure all that is known. */
export interface Failing {
  waitingFor?: WaitingFor | undefined;
  /** Whether the app asks for a name and a password. */
  challenged?: true | undefined;
  error?: JitsiMeetingError;
  /** With a refusal: where. */
  stage?: 'connect' | 'join';
}

/** ms; nobody waits longer for a backend that asks to be left alone. */
const longestPause = 5 * 60_000;

/** Failures of the way to a token, not of the right to one. */
const passing = new Set<ErrorCode>(['token-network', 'token-timeout', 'token-rate-limited', 'token-server']);

/** What was and what may yet be done for a meeting: answers the questions that the table asks. */
export class RecoveryPolicy {
  wasJoined = false;
  /** Whether a fresh token was tried in place of one that was refused, since the last join. */
  #refreshed = false;

  constructor(
    private readonly options: CurrentOptions,
    private readonly tokens: TokenManager,
    private readonly frame: MeetingFrame,
    private readonly budget: RejoinBudget,
    private readonly preflight: () => Preflight | undefined,
  ) {}

  /**
   * How long the frame's token has left, ms. The server goes by its own clock, and the app, which gives a dropped connection
   * up when the token is over, by the device's: over is over by either.
   */
  get tokenLeft(): number {
    const { expiresAt = Infinity, decoded } = this.frame.token ?? {};
    const exp = decoded?.times?.expiresAt?.getTime() ?? Infinity;
    return Math.min(expiresAt - this.tokens.now(), exp - this.tokens.deviceNow());
  }

  /** The same by the server's clock alone. */
  get isOverForServer(): boolean {
    return (this.frame.token?.expiresAt ?? Infinity) <= this.tokens.now();
  }

  get #mayRejoin(): boolean {
    return this.options.read().rejoin === 'auto' && this.budget.left;
  }

  /** Another meeting, or the same begun anew. */
  beginAnew(): void {
    this.wasJoined = this.#refreshed = false;
    this.budget.reset();
  }

  joined(): void {
    this.wasJoined = true;
    this.#refreshed = false;
  }

  /** A token takes the place of one that was refused. It may be kept as well, from a renewal: then it isn't the last. */
  refreshed(): void {
    this.#refreshed = this.tokens.current?.used ?? true;
  }

  /** A token that the page holds itself stays the same however often one tries. */
  lastWord(error: JitsiMeetingError | undefined): JitsiMeetingError | undefined {
    const { provider, endpoint, token } = this.options.read().source;
    const isOnlyPage = token !== undefined && !provider && !endpoint;
    return error?.code === 'token-expired' && isOnlyPage ? onlyPage(error) : error;
  }

  holds(guard: Guard, { error, stage, challenged }: Failing = {}): boolean {
    switch (guard) {
      case 'wasJoined':
        return this.wasJoined;
      case 'triesLeft':
        return this.budget.left;
      case 'autoRejoin':
        return this.#mayRejoin;
      case 'mayTryAgain':
        return this.#mayRejoin && error?.retryable === true && (error.retryAfter ?? 0) <= longestPause;
      case 'tokenFailed':
        return error?.code.startsWith('token-') === true && !passing.has(error.code);
      case 'tokenOver':
        return this.tokenLeft <= 0;
      case 'guestCannotSignIn':
        return challenged === true && this.frame.token === undefined && !this.options.read().deployment?.tokenAuthUrl;
      case 'onPrejoin':
        return this.frame.waitingFor === 'prejoin';
      case 'tokenFaultless':
        return silentFindings(this.preflight()).length === 0;
      case 'freshTokenMayHelp': {
        const { source } = this.options.read();
        const hasSource = source.provider !== undefined || source.endpoint !== undefined;
        return stage === 'connect' && hasSource && this.frame.tokenIsKept && !this.#refreshed;
      }
    }
  }
}
