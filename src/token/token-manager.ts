import { decodeToken, type DecodedToken } from '../claims/index.js';
import type { Clock } from '../clock.js';
import type { JitsiMeetingError } from '../errors.js';
import { aborted } from './aborted.js';
import { Renewal, type RenewalStatus } from './renewal.js';
import { requestToken, type TokenTools } from './request.js';
import { expiryOf, serverSkew } from './time.js';
import type { TokenResponse, TokenReason, TokenRequest, TokenSource } from './types.js';

/** A token with what is known of it. Times are ms since 1970 by the server's clock. */
export interface CurrentToken {
  jwt: string;
  decoded: DecodedToken;
  expiresAt: number | undefined;
  receivedAt: number;
  /** Whether a join has taken it already. */
  used: boolean;
  /** Whether it came from an earlier request than the one of the join it is used for. */
  reused: boolean;
  /** Where it came from, as `originOf` says it. */
  origin: string;
}

export interface TokenManagerEvents {
  received(token: CurrentToken): void;
  /** The token's end is near; a new one is being asked for. Once a token. */
  expiring(token: CurrentToken): void;
  renewed(token: CurrentToken): void;
  /** Past its end, and no later one is held. Once a token. */
  expired(token: CurrentToken): void;
  /** A renewal failed for good; the next is tried when a join needs a token. */
  renewalFailed(error: JitsiMeetingError): void;
  /** `renewal` may have changed. */
  renewing(): void;
}

/** Every join gets a token that lives at least this long, where the source has one. */
const shortestLife = 30_000;

interface Flight {
  promise: Promise<CurrentToken | undefined>;
  aborter: AbortController;
  reason: TokenReason;
  origin: string;
  /** The request that replaced it: its answer goes to the callers that wait for this one. */
  successor?: Flight;
}

/**
 * Holds the newest token of one meeting. At most one request is in flight: a call meanwhile shares it, unless the
 * page has named another source meanwhile; then the latest call wins, also for who asked before. One that leads nowhere
 * any more is aborted.
 */
export class TokenManager {
  current: CurrentToken | undefined;
  /** Server's clock minus the device's, ms; 0 while it is too small to matter. */
  skew = 0;
  /** Whether the server said what time it is; if not, the device's clock is all there is. */
  clockKnown = false;

  /** Timers on it go by the device's, and the server's time decides. */
  readonly serverClock: Clock;

  #inFlight: Flight | undefined;
  #keepsFresh = false;
  readonly #renewal: Renewal;

  constructor(
    private readonly tools: TokenTools,
    private readonly source: () => TokenSource,
    private readonly target: () => Pick<TokenRequest, 'domain' | 'room' | 'tenant'>,
    private readonly events: TokenManagerEvents,
  ) {
    this.serverClock = { now: () => this.now(), after: tools.clock.after.bind(tools.clock) };
    const tell = (event: (token: CurrentToken) => void) => (): void => void (this.current && event(this.current));
    this.#renewal = new Renewal(this.serverClock, tools.random, () => this.renew(), {
      expiring: tell(events.expiring),
      expired: tell(events.expired),
      failed: events.renewalFailed,
      changed: events.renewing,
    });
  }

  /** Whether a token is being fetched that will take the place of the one held. */
  get renewal(): RenewalStatus {
    const { status } = this.#renewal;
    const reason = this.current && this.#inFlight?.reason;
    return reason && (reason !== 'renew' || status === 'none') ? 'under-way' : status;
  }

  /** Now, by the server's clock. */
  now(): number {
    return this.tools.clock.now() + this.skew;
  }

  /** Now, by the device's. */
  deviceNow(): number {
    return this.tools.clock.now();
  }

  /** The device's clock was set by `jump` ms, so it differs by that much more, or less, from the server's. */
  clockSet(jump: number): void {
    if (this.clockKnown) this.skew -= jump;
  }

  /** A token for a (re)join: the one in hand if no join had it yet and it lives long enough, else a new one. */
  async obtain(reason: TokenReason): Promise<CurrentToken | undefined> {
    const flight = this.#inFlight;
    const shared = flight?.origin === originOf(this.source()) && (await this.#answerTo(flight));
    const token = shared || this.current;
    if (!token || !this.#mayServe(token)) return this.#request(reason);
    token.reused = !shared;
    return token;
  }

  #mayServe({ used, origin, expiresAt = Infinity }: CurrentToken): boolean {
    const source = this.source();
    // What the page holds itself is looked at anew: it may have been replaced.
    const asked = source.provider !== undefined || source.endpoint !== undefined;
    return asked && !used && origin === originOf(source) && expiresAt - this.now() >= shortestLife;
  }

  /** Asks for a newer token, to be kept for the next join. @throws JitsiMeetingError */
  async renew(): Promise<void> {
    await this.#request('renew');
  }

  /** From now on, and until `stop`, the token is renewed ahead of its end. */
  keepFresh(): void {
    this.#keepsFresh = true;
    if (this.current) this.#renewal.watch(this.current);
  }

  /** Ends the timers and the request under way. */
  stop(): void {
    this.#inFlight?.aborter.abort(aborted());
    this.#inFlight = undefined;
    this.#keepsFresh = false;
    this.#renewal.stop();
    // The next person who joins may be somebody else: a token is kept over a rejoin only, never over an end.
    if (this.current) this.current.used = true;
  }

  /** Drops the token as well: it was for another meeting. */
  forget(): void {
    this.stop();
    this.current = undefined;
  }

  /** Asks the source, or shares the request under way. @throws JitsiMeetingError, `aborted` among them */
  #request(reason: TokenReason): Promise<CurrentToken | undefined> {
    const source = this.source();
    const origin = originOf(source);
    const earlier = this.#inFlight;
    if (earlier?.origin === origin) return this.#answerTo(earlier);
    const aborter = new AbortController();
    const flight: Flight = { origin, reason, aborter, promise: this.#ask(source, reason, aborter.signal) };
    this.#inFlight = flight;
    if (earlier) earlier.successor = flight;
    earlier?.aborter.abort(aborted());
    // The first token renews nothing.
    if (this.current) this.events.renewing();
    return this.#answerTo(flight);
  }

  async #answerTo(flight: Flight): Promise<CurrentToken | undefined> {
    try {
      const token = await flight.promise;
      return flight.successor ? await this.#answerTo(flight.successor) : token;
    } catch (error) {
      if (flight.successor) return this.#answerTo(flight.successor);
      throw error;
    } finally {
      if (this.#inFlight === flight) {
        this.#inFlight = undefined;
        if (this.current) this.events.renewing();
      }
    }
  }

  async #ask(source: TokenSource, reason: TokenReason, signal: AbortSignal): Promise<CurrentToken | undefined> {
    const tools = { ...this.tools, serverNow: () => this.now() };
    const received = await requestToken(source, { ...this.target(), reason, signal }, tools);
    signal.throwIfAborted();
    if (received) return this.#take(received, source, reason);
    this.current = undefined;
    this.#renewal.stop();
    return undefined;
  }

  #take(received: TokenResponse, source: TokenSource, reason: TokenReason): CurrentToken {
    const previous = this.current;
    const token = this.#read(received, source);
    if (previous?.jwt === token.jwt)
      return Object.assign(previous, { used: false, reused: false, origin: token.origin });
    // A cache in between may answer a renewal with an older token: that must not take the place of what is held.
    const gained = (token.expiresAt ?? Infinity) - (previous?.expiresAt ?? Infinity);
    if (previous?.origin === token.origin && reason === 'renew' && gained < 0) return previous;
    this.current = token;
    // One that ends with the old one has nothing new to watch: watching it anew would ask in a loop.
    const renewsNothing = previous !== undefined && reason === 'renew' && gained === 0;
    if (this.#keepsFresh && !renewsNothing) this.#renewal.watch(token);
    this.events.received(token);
    if (reason === 'renew') this.events.renewed(token);
    return token;
  }

  #read(received: TokenResponse, source: TokenSource): CurrentToken {
    const decoded = decodeToken(received.token);
    const now = this.tools.clock.now();
    const skew = serverSkew(received, decoded, now, source);
    this.clockKnown ||= skew !== undefined;
    this.skew = skew ?? this.skew;
    const receivedAt = now + this.skew;
    const expiresAt = expiryOf(decoded, received, receivedAt);
    return {
      jwt: received.token,
      decoded,
      expiresAt,
      receivedAt,
      used: false,
      reused: false,
      origin: originOf(source),
    };
  }
}

/** Two sources with the same origin are one: a page may make its provider anew at each render. */
function originOf({ provider, endpoint }: TokenSource): string {
  if (provider) return 'provider';
  return endpoint ? JSON.stringify([endpoint.url, endpoint.method, endpoint.credentials]) : 'page';
}
