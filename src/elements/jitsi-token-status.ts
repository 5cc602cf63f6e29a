import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { page } from '../jitsi/page.js';
import { decodeToken, describeFeatures, describeRole, type Features, type MeetingRole } from '../claims/index.js';
import { fill, fromNow, messagesFor, type MessageKey, type Messages } from '../locale/index.js';
import { LanguageController, languageInUse, languageOf } from './language.js';
import { statusStyles, theme } from './styles.js';

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
 * @csspart role - what the person is, or asks to be
 * @csspart rights - the features that the token turns on
 * @csspart expiry - the countdown
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
  @property({ attribute: false }) messages?: Partial<Messages>;

  #watched: { meeting: Meeting; end: () => void } | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;

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
    // Reads the wall clock at every tick, so the countdown is right after a sleep.
    this.#tick = setInterval(this.#refresh, 1000);
    page.addEventListener('visibilitychange', this.#refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
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
    return html`<ul class="facts" aria-label=${this.#say('status')}>
      ${this.#facts(this.#view())}
    </ul>`;
  }

  #facts(view: TokenView | undefined): TemplateResult | typeof nothing {
    if (!view || meansNothing(view)) return nothing;
    return html`
      <li class="role" part="role">${this.#role(view.meetingRole)}</li>
      ${view.claims ? html`<li class="rights" part="rights">${this.#rights(view.features)}</li>` : nothing}
      ${view.claims ? this.#expiry(view) : nothing}
    `;
  }

  #role(role: MeetingRole): string {
    if (role.source === 'claims' && role.name !== 'unknown') return this.#say(`role-asked-${role.name}`);
    return this.#say(`role-${role.name}`);
  }

  #rights(features: Features | undefined): string {
    const entries = Object.entries(features ?? {});
    if (entries.every(([, value]) => value === 'default')) return this.#say('features-default');
    const on = entries.filter(([, value]) => value === true).map(([name]) => name.replaceAll('-', ' '));
    return on.length ? this.#say('features', { features: on.join(', ') }) : this.#say('features-none');
  }

  #expiry({ tokenExpiresAt, clockSkew, state }: TokenView): TemplateResult {
    if (!tokenExpiresAt) return html`<li class="expiry" part="expiry">${this.#say('access-unlimited')}</li>`;
    const left = (tokenExpiresAt.getTime() - (Date.now() + clockSkew)) / 1000;
    const over = left <= 0;
    const sentence = over
      ? this.#say(state === 'joined' ? 'expired-joined' : 'expired')
      : this.#say('access-ends-in', { time: fromNow(left, languageInUse(this.#speaker).formats) });
    return html`<li class="expiry ${over ? 'over' : ''}" part="expiry">
      <time role="timer" datetime=${tokenExpiresAt.toISOString()}>${sentence}</time>
    </li>`;
  }
}
