import { ReactiveElement, type PropertyValues } from 'lit';
import { at, systemClock, type Clock } from '../clock.js';
import { page } from '../jitsi/page.js';
import type { Features, MeetingRole } from '../claims/index.js';
import type { MessageKey, Messages } from '../locale/en.js';
import { fill } from '../locale/fill.js';
import { messagesFor } from '../locale/words.js';
import type { RenewalStatus } from '../token/renewal.js';
import { css } from './css.js';
import { dress } from './dressed.js';
import { LanguageController, languageInUse, languageOf } from './language.js';
import { Late } from '../late.js';
import { LaterDrawn, later } from './later.js';
import { make } from './screens/make.js';
import { theme } from './styles.js';

/** What the element shows; a `<jitsi-meeting>` has all of it. */
export interface TokenView {
  readonly claims: object | undefined;
  readonly meetingRole: MeetingRole;
  readonly features: Features | undefined;
  readonly tokenExpiresAt: Date | undefined;
  readonly clockSkew: number;
  /** Whether a newer token is being fetched, or could not be had. */
  readonly tokenRenewal?: RenewalStatus;
  readonly state?: string;
  /** Where its token comes from. If all three are missing, the visitor is a guest. */
  readonly tokenProvider?: unknown;
  readonly tokenUrl?: string | undefined;
  readonly token?: string | undefined;
  readonly messages?: Partial<Messages> | undefined;
}

type Meeting = TokenView & HTMLElement & Partial<Pick<ReactiveElement, 'addController' | 'removeController'>>;

/** Reads a token that is shown without a meeting. */
const reader = new Late(() => import('./token-view.js'));

const hostStyles = css`
  :host {
    display: block;
  }
`;

/** Before and after a meeting there is nothing to tell. */
const meansNothing = (view: TokenView): boolean =>
  ['idle', 'connecting', 'ended', 'failed'].includes(view.state ?? 'joined');

/**
 * Role, rights and a live expiry of a meeting's token. Stands in a `<jitsi-meeting>`, or alone: with `for="ID"` of a
 * meeting in the same root, or with `.token`.
 *
 * @attr {string} token - a token to show without a meeting; it is read once and taken off the element
 *
 * @csspart role - what the person is, or asks to be
 * @csspart rights - the features that the token turns on, closed at first
 * @csspart expiry - how long the access lasts
 *
 * @cssproperty --jitsi-meeting-surface - the bar
 * @cssproperty --jitsi-meeting-text - text
 * @cssproperty --jitsi-meeting-muted - rights and expiry
 * @cssproperty --jitsi-meeting-danger - an expiry that is over
 * @cssproperty --jitsi-meeting-font - font of the bar
 */
export class TokenStatusElement extends ReactiveElement {
  static override styles = [theme, hostStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'token'];
  }

  static override properties = {
    htmlFor: { attribute: 'for' },
    token: { attribute: false },
    meeting: { attribute: false },
    messages: { attribute: false },
  };

  /** Id of a `<jitsi-meeting>` in the same root. */
  declare htmlFor?: string;
  /** A token to show without a meeting. The attribute is the same; it is read once and taken off the element. */
  declare token?: string;
  /** The meeting to show. */
  declare meeting?: Meeting;
  /** Replaces sentences that a visitor reads, by key. */
  declare messages?: Partial<Messages>;

  readonly #root = make('div', { class: 'root' });
  readonly #later = new LaterDrawn(this, ({ statusStyles }) => statusStyles);
  #watched: { meeting: Meeting; end: () => void } | undefined;
  #reader: Promise<void> | undefined;
  #cancel = (): void => {};

  constructor() {
    super();
    this.addController(new LanguageController(this, () => this.#speaker));
  }

  /** Frameworks may write a token into the markup: it is read once and taken off. */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name !== 'token') return super.attributeChangedCallback(name, old, value);
    if (value === null) return;
    if (value) this.token = value;
    this.removeAttribute(name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The meeting makes room for it.
    (this.parentElement as Partial<ReactiveElement> | null)?.requestUpdate?.();
    page.addEventListener('visibilitychange', this.#refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancel();
    page.removeEventListener('visibilitychange', this.#refresh);
    this.#watched?.end();
    this.#watched = undefined;
  }

  adoptedCallback(): void {
    dress(this);
    this.requestUpdate();
  }

  protected override createRenderRoot(): ShadowRoot {
    return dress(this);
  }

  readonly #refresh = (): void => this.requestUpdate();

  #findMeeting(): Meeting | undefined {
    if (this.meeting) return this.meeting;
    const root = this.getRootNode() as Document | ShadowRoot;
    if (this.htmlFor) return (root.getElementById?.(this.htmlFor) as Meeting | null) ?? undefined;
    return this.closest<Meeting>('jitsi-meeting') ?? undefined;
  }

  /** Where it can't be fetched, the next change tries again. */
  async #fetchReader(): Promise<void> {
    const isThere = await reader.tryToLoad();
    this.#reader = undefined;
    if (isThere) this.requestUpdate();
  }

  protected override willUpdate(): void {
    if (this.token !== undefined && !reader.now) this.#reader ??= this.#fetchReader();
    const meeting = this.token === undefined ? this.#findMeeting() : undefined;
    if (this.#watched?.meeting === meeting) return;
    this.#watched?.end();
    this.#watched = undefined;
    if (!meeting || !this.isConnected) return;
    const follower = { hostUpdated: this.#refresh };
    meeting.addController?.(follower);
    this.#watched = { meeting, end: () => meeting.removeController?.(follower) };
  }

  /** What there is to show, as far as the code for it is there. */
  get #view(): TokenView | undefined {
    const view = this.token === undefined ? this.#watched?.meeting : reader.now?.viewOf(this.token);
    return view && !meansNothing(view) ? view : undefined;
  }

  /** Whose language counts: elsewhere on the page it is that of the meeting. */
  get #speaker(): HTMLElement {
    return this.lang ? this : (this.#watched?.meeting ?? this);
  }

  #say(key: MessageKey, values: Record<string, string> = {}): string {
    const from = this.#watched?.meeting;
    const language = languageOf(this.#speaker);
    return fill(this.messages?.[key] ?? from?.messages?.[key] ?? messagesFor(language)[key], values);
  }

  /** Its code may still be on its way. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    const underWay = this.#reader ?? this.#later.settled;
    if (!underWay) return isComplete;
    await underWay;
    return this.getUpdateComplete();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    if (!this.#root.parentNode) this.renderRoot.append(this.#root);
    const view = this.#view;
    // Nothing competes with the page in the frame while that loads.
    const isWanted = view && view.state !== 'loading';
    const drawn = isWanted ? this.#later.for(this.token ?? view.state, !this.token) : this.#later.now;
    drawn?.drawFacts(this.#root, view, {
      say: (key, values) => this.#say(key, values),
      tag: languageInUse(this.#speaker).formats,
      now: this.#clock.now(),
    });
  }

  protected override updated(): void {
    this.#cancel();
    const view = this.#view;
    const wait = view && this.isConnected ? later.now?.untilNextWords(view, this.#clock.now()) : undefined;
    if (wait !== undefined) this.#cancel = at(this.#clock, this.#clock.now() + wait, this.#refresh);
  }

  get #clock(): Clock {
    const meeting = this.#watched?.meeting.constructor as { screenClock?: Clock } | undefined;
    return meeting?.screenClock ?? systemClock;
  }
}
