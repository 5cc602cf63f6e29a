import type { JitsiMeetingError, ErrorCode } from '../errors.js';
import type { TokenKeeper } from '../token/keeper.js';
import type { HeldFrame } from './held-frame.js';
import type { Guard } from './machine.js';
import type { MeetingOptions } from './options.js';
import type { RejoinBudget } from './rejoin.js';

/** What is known of a failure. */
export interface Failing {
  error?: JitsiMeetingError;
  /** With a refusal: where. */
  stage?: 'connect' | 'join';
}

/** ms; nobody waits longer for a backend that asks to be left alone. */
const longestPause = 5 * 60_000;

/** Failures of the way to a token, not of the right to one. */
const passing = new Set<ErrorCode>(['token-network', 'token-timeout', 'token-rate-limited', 'token-server']);

/** What was and what may yet be done for a meeting: answers the questions that the table asks. */
export class Recourse {
  wasJoined = false;
  /** Whether a fresh token was tried in place of one that was refused, since the last join. */
  #refreshed = false;

  constructor(
    private readonly options: () => MeetingOptions,
    private readonly keeper: TokenKeeper,
    private readonly frame: HeldFrame,
    private readonly budget: RejoinBudget,
  ) {}

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
    this.#refreshed = this.keeper.held?.used ?? true;
  }

  holds(guard: Guard, { error, stage }: Failing = {}): boolean {
    const { rejoin, source } = this.options();
    const auto = rejoin === 'auto' && this.budget.left;
    switch (guard) {
      case 'wasJoined':
        return this.wasJoined;
      case 'triesLeft':
        return this.budget.left;
      case 'autoRejoin':
        return auto;
      case 'mayTryAgain':
        return auto && error?.retryable === true && (error.retryAfter ?? 0) <= longestPause;
      case 'tokenFailed':
        return error?.code.startsWith('token-') === true && !passing.has(error.code);
      case 'tokenOver':
        return (this.frame.token?.expiresAt ?? Infinity) <= this.keeper.now();
      case 'freshTokenMayHelp': {
        const hasSource = source.provider !== undefined || source.endpoint !== undefined;
        return stage === 'connect' && hasSource && this.frame.tokenIsKept && !this.#refreshed;
      }
    }
  }
}
