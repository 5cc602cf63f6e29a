import type { JitsiMeetingError, ErrorCode } from '../errors.js';
import type { WaitingFor } from '../jitsi/app-events.js';
import type { BlockedRequest } from '../jitsi/page-policy.js';
import type { TokenManager } from '../token/token-manager.js';
import { explanations } from './late-parts.js';
import type { MeetingFrame } from './meeting-frame.js';
import type { Guard } from './machine.js';
import type { CurrentOptions } from './current-options.js';
import type { RejoinBudget } from './rejoin-budget.js';

/** What is known with an input: what a person waits for, or why something failed. */
export interface Failing {
  waitingFor?: WaitingFor | undefined;
  /** Whether the app asks for a name and a password. */
  challenged?: true | undefined;
  error?: JitsiMeetingError;
  /** With a refusal: the stage that refused. */
  stage?: 'connect' | 'join';
}

/** ms; if a backend asks for a longer pause (`Retry-After`), the meeting ends instead. */
const longestPause = 5 * 60_000;

/** Errors of the token request that say nothing about the person's rights. */
const passing = new Set<ErrorCode>(['token-network', 'token-timeout', 'token-rate-limited', 'token-server']);

/** Remembers what was tried for a meeting, and answers the guards of the table. */
export class RecoveryPolicy {
  wasJoined = false;
  /** The last request of the page that its policy blocked, since the meeting began. */
  blocked: BlockedRequest | undefined;
  /** Whether a fresh token was tried in place of one that was refused, since the last join. */
  #refreshed = false;

  constructor(
    private readonly options: CurrentOptions,
    private readonly tokens: TokenManager,
    private readonly frame: MeetingFrame,
    private readonly budget: RejoinBudget,
    private readonly mayMeetSilence: () => boolean,
  ) {}

  /**
   * How long the frame's token is still valid, ms. The server goes by its own clock. The app goes by the device's, and
   * stops reconnecting once the token has expired. So the earlier of the two counts.
   */
  get tokenLeft(): number {
    const { expiresAt = Infinity, decoded } = this.frame.token ?? {};
    const exp = decoded?.times?.expiresAt?.getTime() ?? Infinity;
    return Math.min(expiresAt - this.tokens.now(), exp - this.tokens.deviceNow());
  }

  /** Whether the frame's token has expired by the server's clock alone. */
  get isOverForServer(): boolean {
    return (this.frame.token?.expiresAt ?? Infinity) <= this.tokens.now();
  }

  get #mayRejoin(): boolean {
    return this.options.read().rejoin === 'auto' && this.budget.left;
  }

  /** Another meeting begins, or the same one anew. */
  beginAnew(): void {
    this.wasJoined = this.#refreshed = false;
    this.blocked = undefined;
    this.budget.reset();
  }

  joined(): void {
    this.wasJoined = true;
    this.#refreshed = false;
  }

  /** A token replaces one that was refused. If it was kept from a renewal, a fresh one may still be tried after it. */
  refreshed(): void {
    this.#refreshed = this.tokens.current?.used ?? true;
  }

  /** The error as it is told, with what only the page can change. */
  lastWord(error: JitsiMeetingError | undefined): JitsiMeetingError | undefined {
    const { provider, endpoint, token } = this.options.read().source;
    if (error?.code === 'token-network' && provider && this.blocked)
      return explanations.now?.providerBlocked(error, this.blocked) ?? error;
    const isOnlyPage = token !== undefined && !provider && !endpoint;
    return error?.code === 'token-expired' && isOnlyPage ? (explanations.now?.onlyPage(error) ?? error) : error;
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
        return !this.mayMeetSilence();
      case 'freshTokenMayHelp': {
        const { source } = this.options.read();
        const hasSource = source.provider !== undefined || source.endpoint !== undefined;
        return stage === 'connect' && hasSource && this.frame.tokenIsKept && !this.#refreshed;
      }
    }
  }
}
