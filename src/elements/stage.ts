import type { ReactiveController, ReactiveElement } from 'lit';
import type { Clock } from '../clock.js';
import { page } from '../jitsi/page.js';
import { inOneLine } from '../locale/screen-words.js';
import { LaterDrawn } from './later.js';
import { engine } from './late-engine.js';
import type { LateSession } from './late-session.js';
import type { MeetingStateName } from '../session/machine-types.js';
import { safeSignInUrl } from '../token/sign-in-url.js';
import { Announcer } from './announcer.js';
import { languageInUse } from './language.js';
import type { LateNotices } from './late-notices.js';
import { isUnderWay, PassingTime, patience } from './passing-time.js';
import type { MeetingProperties } from './properties.js';
import { isHeld } from './when-free.js';
import { sentenceFor } from './sentence.js';
import { FirstScreens } from './screens/first-screens.js';
import { apart } from './screens/going.js';
import { firstScreen, plainKey } from './screens/index.js';
import { make, update } from './screens/make.js';
import { stateKey, type ScreenView } from './screens/view.js';
import { safeSupportUrl } from './support-url.js';
import { hasSource } from './token-source.js';

type Host = ReactiveElement & MeetingProperties;

export interface StageParts {
  container: HTMLElement;
  session: LateSession;
  notices: LateNotices;
  clock: Clock;
  join(): void;
  leave(): void;
}

/** All that the element shows: the frame, the screen over it, a line for screen readers, and the status bar. */
export class Stage implements ReactiveController {
  readonly #time: PassingTime;
  readonly #announcer: Announcer;
  readonly #later: LaterDrawn;
  readonly #first: FirstScreens;
  readonly #stage: HTMLElement;
  readonly #spoken = make('div', { class: 'hidden', role: 'status' });
  readonly #bar = make('div', { class: 'bar', part: 'status' });
  readonly #root: HTMLElement;

  constructor(
    private readonly element: Host,
    private readonly parts: StageParts,
  ) {
    const changed = (): void => element.requestUpdate();
    this.#time = new PassingTime(parts.clock, Math.random, parts.join, changed);
    this.#announcer = new Announcer(parts.clock, changed);
    this.#later = new LaterDrawn(element, ({ screenStyles }) => screenStyles);
    this.#first = new FirstScreens(parts.container);
    this.#stage = make('div', { class: 'stage', role: 'group', tabindex: '-1' }, parts.container);
    this.#root = make('div', { class: 'root' }, this.#stage, this.#spoken);
    element.addController(this);
  }

  hostUpdated(): void {
    if (this.element.isConnected) this.#time.schedule();
  }

  hostDisconnected(): void {
    this.#time.stop();
    this.#announcer.stop();
  }

  /** Settles when what its screen needs has been fetched, or could not be. */
  get settled(): Promise<void> | undefined {
    return this.#later.settled;
  }

  draw(): void {
    const { element, parts } = this;
    const { known } = parts.session;
    const isAsked = known.waitingFor !== undefined;
    this.#time.look({ state: known.state, error: known.error, validFrom: this.#validFrom, isAsked });
    const view = this.#view();
    const { state, say, error } = view;
    const isWanted = showsLater(state) || view.waited >= patience.steps;
    // Where the app is in sight, it is the app that matters.
    const drawn = isWanted ? this.#later.for(error ?? state, isInSight(state)) : this.#later.now;
    const { isMissing } = this.#later;
    const isPlain = isMissing && state === 'failed';
    // Screen readers get all changes of state from this one line; notices are live regions themselves.
    this.#announcer.want(
      state === 'idle' || !element.isConnected ? '' : inOneLine(say, isPlain ? plainKey(error) : stateKey(view)),
    );
    const first = firstScreen(view, drawn, isMissing);
    this.#first.show(first, say);
    drawn?.drawLater(this.#stage, first ? undefined : view);
    this.#drawStatus();
    const { tag, dir } = languageInUse(element);
    update(this.#root, { lang: tag, dir });
    update(this.#stage, { 'aria-label': say('stage') });
    update(this.#spoken, {}, this.#announcer.text);
    if (!this.#root.parentNode) element.renderRoot.append(this.#root);
  }

  #drawStatus(): void {
    const { element } = this;
    if (element.hideStatus) return this.#bar.remove();
    const kind = hasUnnamedStatus(element) ? 'class' : 'name';
    if (!this.#bar.firstElementChild?.hasAttribute(kind)) this.#bar.replaceChildren(this.#status(kind));
    if (!this.#bar.parentNode) this.#root.append(this.#bar);
  }

  #status(kind: 'class' | 'name'): HTMLElement {
    const { element } = this;
    const own = (): HTMLElement =>
      Object.assign(make('jitsi-token-status', { exportparts: 'role, rights, expiry' }), { meeting: element });
    const slot = kind === 'class' ? make('slot', { class: 'unnamed' }) : make('slot', { name: 'status' }, own());
    slot.addEventListener('slotchange', () => element.requestUpdate());
    return slot;
  }

  #view(): ScreenView {
    const { element } = this;
    const { session, notices, join, leave, clock } = this.parts;
    const { known } = session;
    const time = this.#time;
    const { isAnswering, tries } = time;
    const { reason, waitingFor, recovery, isOffline: offline, claims, fetched } = known;
    // What it waits for then is the network.
    const trying = offline ? undefined : tries?.trying;
    const over = known.state === 'failed' && isAnswering ? ('connecting' as const) : known.state;
    const person = claims && engine.now?.describeUser(claims).name;
    const now = clock.now();
    return {
      state: trying ? 'failed' : over,
      error: trying ?? (over === 'connecting' ? undefined : known.error),
      reason,
      waitingFor,
      recovery,
      offline,
      name: apart(`${element.subject || element.room || ''}`),
      person: person && apart(person),
      access: claims && fetched.renewal !== 'under-way' ? 'there' : hasSource(element) ? 'wanted' : 'none',
      isReached: fetched.script,
      mayJoin: (element.loading !== 'manual' || time.since > 0) && !isHeld(element),
      waited: isUnderWay(known.state) ? now - time.since : 0,
      loaded: known.state === 'loading' ? now - time.loadingSince : 0,
      now,
      failedAt: time.failedAt,
      nextTry: tries?.next,
      isTrying: trying !== undefined,
      validFrom: this.#validFrom,
      notices: notices.all,
      signInUrl: safeSignInUrl(element.signInUrl, page.baseURI),
      supportUrl: safeSupportUrl(element.supportUrl, page.baseURI),
      get meetingUrl() {
        return addressOf(session);
      },
      domain: element.domain,
      room: element.room,
      isCopied: time.isCopied,
      tag: languageInUse(element).formats,
      say: (key, values) => sentenceFor(element, key, values),
      join: () => {
        time.press();
        join();
      },
      leave,
      close(kind) {
        notices.tell((all) => all.close(kind));
        element.requestUpdate();
      },
      copied() {
        time.copied();
        element.requestUpdate();
      },
    };
  }

  /** By the device's clock; the server's may go ahead of it. */
  get #validFrom(): number | undefined {
    const { claims, clockSkew } = this.parts.session.known;
    const nbf = claims?.nbf;
    return typeof nbf === 'number' && Number.isFinite(nbf) ? nbf * 1000 - clockSkew : undefined;
  }
}

/** `undefined` when there is no meeting with the domain and room that the page has set by now. */
function addressOf(session: LateSession): string | undefined {
  try {
    return session.getMeetingUrl();
  } catch {
    return undefined;
  }
}

/** A child that the page gave no slot stands in the bar, too: setting the slot for it would be undone by morphing. */
const hasUnnamedStatus = (element: HTMLElement): boolean =>
  element.querySelector(':scope > jitsi-token-status:not([slot])') !== null;

const isInSight = (state: MeetingStateName): boolean => state === 'ready' || state === 'joined';

const showsLater = (state: MeetingStateName): boolean => !['idle', 'connecting', 'loading', 'leaving'].includes(state);
