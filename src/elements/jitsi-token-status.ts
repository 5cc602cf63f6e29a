import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { at, systemClock, type Clock } from '../clock.js';
import { page } from '../jitsi/page.js';
import { decodeToken, describeFeatures, describeRole, type Features, type MeetingRole } from '../claims/index.js';
import { clockTime, fill, fromNow, list, messagesFor, type MessageKey, type Messages } from '../locale/index.js';
import { hasWords } from '../locale/words.js';
import { LanguageController, languageInUse, languageOf } from './language.js';
import { statusStyles } from './status-styles.js';
import { theme } from './styles.js';

/** What the element shows; a `<jitsi-meeting>` has all of it. */
export interface TokenView {
  readonly claims: object | undefined;
  readonly meetingRole: MeetingRole;
  readonly features: Features | undefined;
  readonly tokenExpiresAt: Date | undefined;
  readonly clockSkew: number;
  readonly state?: string;
  /** Where its token comes from. If all three are missing, the visitor is a guest. */
  readonly tokenProvider?: unknown;
  readonly tokenUrl?: string | undefined;
  readonly token?: string | undefined;
  readonly messages?: Partial<Messages> | undefined;
}

type Meeting = TokenView & HTMLElement;

const changes = [
  'meeting-state-change',
  'token-received',
  'token-renewed',
  'token-expired',
  'participantRoleChanged',
  'videoConferenceJoined',
];

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
export class TokenStatusElement extends LitElement {
  static override styles = [theme, statusStyles];

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'token'];
  }

  /** Id of a `<jitsi-meeting>` in the same root. */
  @property({ attribute: 'for' }) htmlFor?: string;
  /** A token to show without a meeting. The attribute is the same; it is read once and taken off the element. */
  @property({ attribute: false }) token?: string;
  /** The meeting to show. */
  @property({ attribute: false }) meeting?: Meeting;
  /** Replaces sentences that a visitor reads, by key. */
  @property({ attribute: false }) messages?: Partial<Messages>;

  #watched: { meeting: Meeting; end: () => void } | undefined;
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
    (this.parentElement as Partial<LitElement> | null)?.requestUpdate?.();
    page.addEventListener('visibilitychange', this.#refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancel();
    page.removeEventListener('visibilitychange', this.#refresh);
    this.#watched?.end();
    this.#watched = undefined;
  }

  readonly #refresh = (): void => this.requestUpdate();

  #findMeeting(): Meeting | undefined {
    if (this.meeting) return this.meeting;
    const root = this.getRootNode() as Document | ShadowRoot;
    if (this.htmlFor) return (root.getElementById?.(this.htmlFor) as Meeting | null) ?? undefined;
    return this.closest<Meeting>('jitsi-meeting') ?? undefined;
  }

  protected override willUpdate(): void {
    const meeting = this.token === undefined ? this.#findMeeting() : undefined;
    if (this.#watched?.meeting === meeting) return;
    this.#watched?.end();
    this.#watched = undefined;
    if (!meeting || !this.isConnected) return;
    const listening = new AbortController();
    for (const name of changes) meeting.addEventListener(name, this.#refresh, { signal: listening.signal });
    this.#watched = { meeting, end: () => listening.abort() };
  }

  #view(): TokenView | undefined {
    if (this.token === undefined) return this.#watched?.meeting;
    const decoded = decodeToken(this.token);
    const { claims, times } = decoded;
    if (!claims) return undefined;
    return {
      claims,
      meetingRole: describeRole(claims),
      features: describeFeatures(claims),
      tokenExpiresAt: times.expiresAt,
      clockSkew: 0,
    };
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

  protected override render(): TemplateResult {
    return html`<div class="root">${this.#facts(this.#view())}</div>`;
  }

  #facts(view: TokenView | undefined): TemplateResult | typeof nothing {
    if (!view || meansNothing(view)) return nothing;
    return html`<div class="facts" role="group" aria-label=${this.#say('status')}>
      <p class="role" part="role">${this.#role(view.meetingRole)}</p>
      ${view.claims ? this.#rights(view.features) : nothing} ${view.claims ? this.#expiry(view) : nothing}
    </div>`;
  }

  #role(role: MeetingRole): string {
    if (role.source === 'claims' && role.name !== 'unknown') return this.#say(`role-asked-${role.name}`);
    return this.#say(`role-${role.name}`);
  }

  #rights(features: Features | undefined): TemplateResult {
    return html`<details class="rights" part="rights">
      <summary>${this.#say('rights')}</summary>
      <p>${this.#whatOneCanDo(features)}</p>
    </details>`;
  }

  #whatOneCanDo(features: Features | undefined): string {
    const entries = Object.entries(features ?? {});
    if (entries.every(([, value]) => value === 'default')) return this.#say('features-default');
    const on = entries.filter(([, value]) => value === true).map(([name]) => this.#feature(name));
    return on.length > 0
      ? this.#say('features', { features: list(on, languageInUse(this.#speaker).formats) })
      : this.#say('features-none');
  }

  #feature(name: string): string {
    const key = `feature-${name}`;
    return hasWords(key) ? this.#say(key) : name.replaceAll('-', ' ');
  }

  #expiry(view: TokenView): TemplateResult {
    const { tokenExpiresAt, clockSkew } = view;
    if (!tokenExpiresAt) return html`<p class="expiry" part="expiry">${this.#say('access-unlimited')}</p>`;
    // By the device's clock, as the person reads it.
    const end = tokenExpiresAt.getTime() - clockSkew;
    const left = (end - this.#clock.now()) / 1000;
    return html`<p class="expiry ${left <= 0 && !renews(view) ? 'over' : ''}" part="expiry">
      <time datetime=${tokenExpiresAt.toISOString()}>${this.#howLong(view, end, left)}</time>
    </p>`;
  }

  #howLong(view: TokenView, end: number, left: number): string {
    const isIn = view.state === 'joined' || view.state === 'reconnecting';
    if (left <= 0) return this.#say(isIn ? 'expired-joined' : 'expired');
    const tag = languageInUse(this.#speaker).formats;
    const until = this.#say('access-until', { time: clockTime(new Date(end), tag, new Date(this.#clock.now())) });
    // What renews by itself needs no countdown.
    if (isIn && renews(view)) return `${until} · ${this.#say('access-renews')}`;
    return left <= soon ? this.#say('access-ends-in', { time: fromNow(left, tag) }) : until;
  }

  /** Wakes when the words change: at the end, each second of the last minute, each minute of the last five. */
  #schedule(): void {
    this.#cancel();
    const view = this.#view();
    if (!this.isConnected || !view?.claims || !view.tokenExpiresAt || meansNothing(view)) return;
    const left = view.tokenExpiresAt.getTime() - view.clockSkew - this.#clock.now();
    if (left <= 0) return;
    const unit =
      left > soon * 1000 ? left - soon * 1000 : left > 60_000 ? left % 60_000 || 60_000 : left % 1000 || 1000;
    this.#cancel = at(this.#clock, this.#clock.now() + unit, this.#refresh);
  }

  protected override updated(): void {
    this.#schedule();
  }

  get #clock(): Clock {
    const meeting = this.#watched?.meeting.constructor as { screenClock?: Clock } | undefined;
    return meeting?.screenClock ?? systemClock;
  }
}

/** s before the end from which on the time left is told. */
const soon = 300;

/** Whether the next token is fetched by itself. */
const renews = ({ tokenProvider, tokenUrl }: TokenView): boolean => Boolean(tokenProvider ?? tokenUrl);
