import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { JitsiMeetingError } from '../errors.js';
import type { AppWarmUp } from '../jitsi/app-warm-up.js';
import { mayWarmUpApp, preconnect } from '../jitsi/warm-up.js';
import { Late } from '../late.js';
import { isAtRest } from '../session/at-rest.js';
import type { MeetingStateName } from '../session/machine-types.js';
import { isSameMeeting, TargetReader, type Meant } from '../session/target.js';
import { whenIdle } from './when-idle.js';
import { startsAtOnce, type Loading, type MeetingProperties } from './properties.js';
import { hasSource } from './token-source.js';

/** Few pages want it. */
export const appWarmUp = new Late(() => import('../jitsi/app-warm-up.js'));

/** What the controller reads from the element. */
export interface LoadingHost
  extends
    ReactiveControllerHost,
    HTMLElement,
    Pick<
      MeetingProperties,
      'loading' | 'warmUp' | 'domain' | 'room' | 'tenant' | 'tokenProvider' | 'tokenUrl' | 'token'
    > {
  readonly state: MeetingStateName;
  readonly error: JitsiMeetingError | undefined;
}

export interface LoadingActions {
  join(): void;
  /** Fetches the script ahead of a join, and the token if asked for. */
  prepare(what: 'script' | 'script-and-token'): void;
}

/**
 * Decides when the meeting starts and what is fetched ahead of it. With `loading="click"` nothing is requested until
 * pointer or keyboard come near; then the script is, and at the press the token.
 */
export class LoadingController implements ReactiveController {
  #app: AppWarmUp | undefined;
  #near: AbortController | undefined;
  #observer: IntersectionObserver | undefined;
  #cancelIdle = (): void => {};
  #started = false;
  /** The value of `loading` that it waits by. */
  #loading: Loading | undefined;
  /** The meeting that the last start, or the page's last call, was about. */
  #meant: Meant | undefined;
  readonly #targets = new TargetReader();
  /** Whether the page had named a source of tokens when it was last looked at. */
  #hadSource = false;

  constructor(
    private readonly host: LoadingHost,
    private readonly parent: Node,
    private readonly actions: LoadingActions,
  ) {
    host.addController(this);
  }

  /** Called once the element is on the page and its markup is complete. */
  start(): void {
    this.#started = true;
    const { loading } = this.host;
    this.#loading = loading;
    if (startsAtOnce(loading)) return this.#joinAnother();
    if (loading === 'lazy' && this.#isAnother) this.#joinWhenVisible();
    if (loading === 'click') this.#watchApproach();
    if (this.host.warmUp === 'app') this.#warmUpWhenIdle();
  }

  /** Called after a change by the page: another meeting, or another value of `loading`. */
  update(): void {
    if (!this.#started) return;
    const { loading, state, error } = this.host;
    const waitsOtherwise = loading !== this.#loading;
    const hadSource = this.#hadSource;
    this.#hadSource = hasSource(this.host);
    this.#loading = loading;
    if (waitsOtherwise && state === 'idle') {
      this.end();
      this.start();
    } else if (startsAtOnce(loading) && (state === 'leaving' || isAtRest(state))) {
      // A framework may name the source of tokens so late that the server has sent the guest away by then.
      const tokenCame = this.#hadSource && !hadSource && state === 'failed' && error?.code === 'token-auth-required';
      this.#joinAnother(tokenCame);
    } else this.#meant = this.#targets.read(this.host);
  }

  /** Called when the page calls `join` or `leave`: after that, earlier changes of properties start nothing. */
  overtake(): void {
    const { loading } = this.host;
    this.#meant = this.#targets.read(this.host);
    this.#observer?.disconnect();
    if (startsAtOnce(loading) || loading === 'lazy') this.#loading = loading;
  }

  #joinAnother(evenTheSame = false): void {
    if (evenTheSame || this.#isAnother) this.actions.join();
  }

  /** Whether the page means another meeting than the last start did. */
  get #isAnother(): boolean {
    return !isSameMeeting(this.#targets.read(this.host), this.#meant);
  }

  /** Ends the waiting, because a meeting began or the element was removed. */
  #stop(): void {
    this.#near?.abort();
    this.#near = undefined;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#cancelIdle();
  }

  /** Called when the element has left the page. */
  end(): void {
    this.#stop();
    this.#app?.done();
    this.#app = this.#meant = undefined;
    this.#started = false;
  }

  hostUpdated(): void {
    const { state } = this.host;
    if (!this.#started || state === 'idle') return;
    this.#stop();
    if (state === 'connecting' || state === 'loading') this.#app?.wanted();
    else {
      this.#app?.done();
      this.#app = undefined;
    }
  }

  #joinWhenVisible(): void {
    // Some test environments have no layout, so nothing would ever become visible.
    if (!('IntersectionObserver' in window)) return this.actions.join();
    this.#observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#stop();
      this.actions.join();
    });
    this.#observer.observe(this.host);
  }

  #watchApproach(): void {
    if (this.host.warmUp === 'none') return;
    this.#near = new AbortController();
    const { signal } = this.#near;
    const near = (): void => {
      preconnect(this.host.domain);
      this.actions.prepare('script');
    };
    for (const name of ['pointerenter', 'focusin', 'touchstart']) {
      this.host.addEventListener(name, near, { signal, once: true, passive: true });
    }
    const press = (event: Event): void => {
      const onButton = event.composedPath().some((node) => (node as Element).localName === 'button');
      const pressing = !(event instanceof KeyboardEvent) || event.key === 'Enter' || event.key === ' ';
      if (onButton && pressing) this.actions.prepare('script-and-token');
    };
    for (const name of ['pointerdown', 'keydown']) this.host.addEventListener(name, press, { signal });
  }

  #warmUpWhenIdle(): void {
    const isWanted = (): boolean =>
      this.host.isConnected && this.host.state === 'idle' && this.host.domain !== '' && mayWarmUpApp();
    const begin = (): void => {
      if (isWanted() && appWarmUp.now) this.#app ??= new appWarmUp.now.AppWarmUp(this.host.domain, this.parent);
    };
    const run = (): void => {
      if (appWarmUp.now) begin();
      else if (isWanted()) void appWarmUp.tryToLoad().then(begin);
    };
    this.#cancelIdle = whenIdle(run, 10_000);
  }
}
