import { decodeToken, type DecodedToken } from '../claims/index.js';
import { at } from '../clock.js';
import { JitsiMeetingError } from '../errors.js';
import { requestToken, type TokenTools } from './request.js';
import { expiryOf, serverSkew } from './time.js';
import type { TokenReason, TokenRequest, TokenSource } from './types.js';

/** A token with what is known of it. Times are ms since 1970 by the server's clock. */
export interface HeldToken {
  jwt: string;
  decoded: DecodedToken;
  expiresAt: number | undefined;
  receivedAt: number;
  /** Whether a join has taken it already. */
  used: boolean;
  /** Whether it came from an earlier request than the one of the join it is used for. */
  kept: boolean;
}

export interface KeeperEvents {
  /** The token's end is near; a new one is being asked for. Once a token. */
  expiring(held: HeldToken): void;
  renewed(held: HeldToken): void;
  /** Past its end, and no newer one is held. Once a token. */
  expired(held: HeldToken): void;
  received(held: HeldToken): void;
  /** A renewal failed for good; the next is tried when a join needs a token. */
  renewalFailed(error: JitsiMeetingError): void;
}

/** Every join gets a token that lives at least this long, where the source has one. */
const shortestLife = 30_000;
/** A new token is fetched this long before the end of the old one, or at a fifth of a short life. */
const renewalLead = 60_000;
const leadJitter = 0.1;
const firstBackOff = 5_000;
const longestBackOff = 60_000;

/**
 * Holds the newest token of one meeting and keeps it fresh. At most one request is in flight: who asks while one is
 * shares it, and one that leads nowhere any more is aborted.
 */
export class TokenKeeper {
  held: HeldToken | undefined;
  /** Server's clock minus the device's, ms; 0 while it is too small to matter. */
  skew = 0;
  /** Whether the server said what time it is; if not, the device's clock is all there is. */
  clockKnown = false;

  #inFlight: { promise: Promise<HeldToken | undefined>; aborter: AbortController } | undefined;
  #cancelTimers: (() => void)[] = [];
  #backOff = firstBackOff;

  constructor(
    private readonly tools: TokenTools,
    private readonly source: () => TokenSource,
    private readonly target: () => Pick<TokenRequest, 'domain' | 'room' | 'tenant'>,
    private readonly events: KeeperEvents,
  ) {}

  /** Now, by the server's clock. */
  now(): number {
    return this.tools.clock.now() + this.skew;
  }

  /** A token for a (re)join: the one in hand if no join had it yet and it lives long enough, else a new one. */
  async obtain(reason: TokenReason): Promise<HeldToken | undefined> {
    const { held } = this;
    if (held && !held.used && (held.expiresAt ?? Infinity) - this.now() >= shortestLife) {
      held.kept = true;
      return held;
    }
    return this.request(reason);
  }

  /** Asks the source, or shares the request under way. @throws JitsiMeetingError, `aborted` among them */
  request(reason: TokenReason): Promise<HeldToken | undefined> {
    if (this.#inFlight) return this.#inFlight.promise;
    const aborter = new AbortController();
    const promise = this.#ask(reason, aborter.signal).finally(() => {
      if (this.#inFlight?.aborter === aborter) this.#inFlight = undefined;
    });
    this.#inFlight = { promise, aborter };
    return promise;
  }

  /** Asks for a newer token, to be kept for the next join. @throws JitsiMeetingError */
  async renew(): Promise<void> {
    const old = this.held;
    const renewed = await this.request('renew');
    if (renewed && renewed !== old) this.events.renewed(renewed);
  }

  /** Ends the timers and the request under way. */
  stop(): void {
    this.#inFlight?.aborter.abort(aborted());
    this.#inFlight = undefined;
    this.#clearTimers();
  }

  /** Drops the token as well: it was for another meeting. */
  forget(): void {
    this.stop();
    this.held = undefined;
  }

  async #ask(reason: TokenReason, signal: AbortSignal): Promise<HeldToken | undefined> {
    const grant = await requestToken(this.source(), { ...this.target(), reason, signal }, this.tools);
    signal.throwIfAborted();
    if (!grant) return undefined;
    const decoded = decodeToken(grant.token);
    const receivedAt = this.tools.clock.now();
    // A token that the page holds may be hours old: only an answer to a request says what time it is.
    const fresh = this.source().provider !== undefined || this.source().endpoint !== undefined;
    const skew = serverSkew(grant, decoded, receivedAt, fresh);
    this.clockKnown ||= skew !== undefined;
    this.skew = skew ?? this.skew;
    const held: HeldToken = {
      jwt: grant.token,
      decoded,
      expiresAt: expiryOf(decoded, grant, receivedAt + this.skew),
      receivedAt: receivedAt + this.skew,
      used: false,
      kept: false,
    };
    const previous = this.held;
    if (previous?.jwt === held.jwt) {
      previous.used = false;
      return previous;
    }
    // A renewal that renews nothing (a cache in between, say) must not take the place of what is held.
    if (previous && reason === 'renew' && (held.expiresAt ?? Infinity) <= (previous.expiresAt ?? Infinity))
      return previous;
    this.held = held;
    this.events.received(held);
    this.#backOff = firstBackOff;
    this.#watch(held);
    return held;
  }

  #clearTimers(): void {
    for (const cancel of this.#cancelTimers.splice(0)) cancel();
  }

  #watch(held: HeldToken): void {
    this.#clearTimers();
    const { expiresAt } = held;
    if (expiresAt === undefined || expiresAt <= this.now()) return;
    const lead = Math.min(renewalLead, (expiresAt - held.receivedAt) / 5);
    const renewAt = expiresAt - lead * (1 + leadJitter * (2 * this.tools.random() - 1));
    this.#at(renewAt, () => {
      this.events.expiring(held);
      void this.#keepRenewing(held);
    });
    this.#at(expiresAt, () => {
      if (this.held === held) this.events.expired(held);
    });
  }

  #at(serverTime: number, run: () => void): void {
    this.#cancelTimers.push(at(this.tools.clock, serverTime - this.skew, run));
  }

  async #keepRenewing(old: HeldToken): Promise<void> {
    try {
      await this.renew();
    } catch (error) {
      if (!(error instanceof JitsiMeetingError) || error.code === 'aborted') return;
      if (!error.retryable) {
        this.events.renewalFailed(error);
        return;
      }
    }
    if (this.held !== old) return;
    // Nothing newer yet: ask again, ever less often, rather than in a loop.
    const wait = this.#backOff * (1 + leadJitter * (2 * this.tools.random() - 1));
    this.#backOff = Math.min(this.#backOff * 2, longestBackOff);
    this.#at(this.now() + wait, () => void this.#keepRenewing(old));
  }
}

export function aborted(): JitsiMeetingError {
  return new JitsiMeetingError('aborted', 'The meeting was left, or a later call took over.', {
    hint: 'Nothing to do; the page or the person asked for it.',
  });
}
