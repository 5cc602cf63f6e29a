import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { AppWarmUp, mayWarmUpApp, preconnect } from '../jitsi/warm-up.js';
import { isAtRest, type MeetingStateName } from '../session/machine.js';
import { isSameMeeting, TargetReader, type Meant } from '../session/target.js';
import { startsAtOnce, type Loading, type MeetingProperties } from './properties.js';

/** What the controller knows of the element. */
export interface LoadingHost
  extends
    ReactiveControllerHost,
    HTMLElement,
    Pick<MeetingProperties, 'loading' | 'warmUp' | 'domain' | 'room' | 'tenant'> {
  readonly state: MeetingStateName;
}

export interface LoadingActions {
  join(): void;
  /** Script, and the token if asked for, ahead of a join. */
  prepare(what: 'script' | 'script-and-token'): void;
}

/**
 * When the meeting starts and what is fetched ahead of that. With `loading="click"` no server is asked for anything
 * before pointer or keyboard come near; then the script is, and the token at the press.
 */
export class LoadingController implements ReactiveController {
  #app: AppWarmUp | undefined;
  #near: AbortController | undefined;
  #observer: IntersectionObserver | undefined;
  #cancelIdle = (): void => {};
  #started = false;
  /** How it waits. */
  #loading: Loading | undefined;
  /** Which meeting the last start, or call of the page, was about. */
  #meant: Meant | undefined;
  readonly #targets = new TargetReader();

  constructor(
    private readonly host: LoadingHost,
    private readonly parent: Node,
    private readonly actions: LoadingActions,
  ) {
    host.addController(this);
  }

  /** Once the element is on the page with all that the markup says. */
  start(): void {
    this.#started = true;
    const { loading } = this.host;
    this.#loading = loading;
    if (startsAtOnce(loading)) return this.#joinAnother();
    if (loading === 'lazy' && this.#isAnother) this.#joinWhenVisible();
    if (loading === 'click') this.#watchApproach();
    if (this.host.warmUp === 'app') this.#warmUpWhenIdle();
  }

  /** What the page set since: another meeting, or another way to wait for it. */
  update(): void {
    if (!this.#started) return;
    const { loading, state } = this.host;
    const waitsOtherwise = loading !== this.#loading;
    this.#loading = loading;
    if (waitsOtherwise && state === 'idle') {
      this.end();
      this.start();
    } else if (startsAtOnce(loading) && (state === 'leaving' || isAtRest(state))) this.#joinAnother();
    else this.#meant = this.#targets.read(this.host);
  }

  /** The page calls `join` or `leave`: what it set before starts nothing any more. */
  overtake(): void {
    const { loading } = this.host;
    this.#meant = this.#targets.read(this.host);
    this.#observer?.disconnect();
    if (startsAtOnce(loading) || loading === 'lazy') this.#loading = loading;
  }

  #joinAnother(): void {
    if (this.#isAnother) this.actions.join();
  }

  /** Whether the page means another meeting than the last start was about. */
  get #isAnother(): boolean {
    return !isSameMeeting(this.#targets.read(this.host), this.#meant);
  }

  /** A meeting came, or the element went: nothing of the waiting is left. */
  #stop(): void {
    this.#near?.abort();
    this.#near = undefined;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#cancelIdle();
  }

  /** The element is gone from the page. */
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
    // Test environments have no layout, and nothing to wait for.
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
    const run = (): void => {
      if (this.host.isConnected && this.host.state === 'idle' && this.host.domain && mayWarmUpApp()) {
        this.#app = new AppWarmUp(this.host.domain, this.parent);
      }
    };
    if ('requestIdleCallback' in window) {
      const id = requestIdleCallback(run, { timeout: 10_000 });
      this.#cancelIdle = () => cancelIdleCallback(id);
    } else {
      const id = setTimeout(run, 2_000);
      this.#cancelIdle = () => clearTimeout(id);
    }
  }
}
