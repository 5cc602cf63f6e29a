import { ReactiveElement, type PropertyValues } from 'lit';
import type { Claims, Features, MeetingRole } from '../claims/index.js';
import type { JitsiMeetingError } from '../errors.js';
import type { JitsiCommandName, JitsiCommands } from '../jitsi/commands.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';
import { page } from '../jitsi/page.js';
import type { Preflight } from '../preflight/types.js';
import type { MeetingEventMap, TypedListening } from '../session/events.js';
import type { MeetingStateName } from '../session/machine-types.js';
import type { SessionTools } from '../session/session-tools.js';
import type { RenewalStatus } from '../token/renewal.js';
import { systemClock, type Clock } from '../clock.js';
import { dress } from './dressed.js';
import { forwardTo, markState } from './event-forwarder.js';
import { FocusKeeper } from './focus.js';
import { LanguageController } from './language.js';
import { LateSession } from './late-session.js';
import { LateNotices } from './late-notices.js';
import { notOnThePage } from './not-here.js';
import { Stage } from './stage.js';
import { Presence } from './presence.js';
import { initialValues, litProperties, type MeetingProperties } from './properties.js';
import { version } from '../version.js';
import { LoadingController } from './loading-controller.js';
import { baseStyles } from './screens/base-styles.js';
import { meetingStyles, theme } from './styles.js';

// Types of the properties in the table; `initialValues` gives each its value.
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface JitsiMeetingElement extends MeetingProperties {}

// The next comment is what editors show. The parts and CSS properties stand in `styles.ts`.
/**
 * A Jitsi meeting with token authentication.
 *
 * ```html
 * <jitsi-meeting domain="meet.example.org" room="Team" token-url="/api/token"></jitsi-meeting>
 * ```
 *
 * Asks the token endpoint for a token, loads the deployment's `external_api.js` beside it, and opens the meeting in an
 * iframe. Changing `domain`, `room` or `tenant` ends this meeting and starts the next; `displayName`, `email`,
 * `subject` and `password` change the running one; everything else counts from the next join on.
 *
 * Every event of Jitsi's IFrame API is dispatched on the element under its documented name, not bubbling.
 * The meeting's own events bubble. docs/reference/element.md, in the package, has all of it on one page.
 *
 * @attr {string} jwt - a token that the page has; it is read once and taken off the element
 * @attr {string} token - the same as `jwt`
 * @attr {boolean} defer-hydration - the element waits until it is taken off, as on a page from a server whose framework has
 * yet to set the properties
 * @attr {string} lang - language of Jitsi and of the element's own sentences; without it, that of the page around it
 *
 * @slot placeholder - shown before the meeting starts
 * @slot loading - shown until the meeting's app is up
 * @slot ended - shown when the meeting is over
 * @slot error - shown when it failed; what has the code of the error as its slot, such as `token-forbidden`, goes before it
 * @slot logo - above each screen
 * @slot actions - beside the buttons of each screen
 * @slot status - the bar below the meeting; a `<jitsi-token-status>` unless given
 */
export class JitsiMeetingElement extends ReactiveElement {
  declare addEventListener: TypedListening<this, MeetingEventMap, AddEventListenerOptions> &
    HTMLElement['addEventListener'];
  declare removeEventListener: TypedListening<this, MeetingEventMap, EventListenerOptions> &
    HTMLElement['removeEventListener'];
  static override styles = [theme, meetingStyles, baseStyles];
  /** Version of the package that defined the element. */
  static readonly version: string = version;
  /** For a subclass that brings its own clock, fetch or the like. @internal */
  static readonly sessionTools: Partial<SessionTools> = {};
  /** Time on the screen, for a test. @internal */
  static get screenClock(): Clock {
    return this.sessionTools.clock ?? systemClock;
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'jwt', 'token', 'lang'];
  }
  static override properties = litProperties;

  /** Missing in some test environments, which need no states in CSS. */
  readonly #internals = this.attachInternals?.();
  readonly #container = Object.assign(page.createElement('div'), { className: 'frame' });
  readonly #notices = new LateNotices();
  readonly #session: LateSession = new LateSession(
    this,
    () => this.#container,
    (this.constructor as typeof JitsiMeetingElement).sessionTools,
    forwardTo(this, {
      session: () => this.#session,
      notices: this.#notices,
      entered: (state) => markState(this.#internals, state, this.error),
      changed: () => this.requestUpdate(),
    }),
  );
  /** A failure is told by `meeting-error` and on the screen. */
  readonly #joinQuietly = (): void => void this.join().catch(() => {});
  readonly #loading = new LoadingController(this, this.#container, {
    join: this.#joinQuietly,
    prepare: (what) => this.#session.warmUp(what),
  });
  readonly #presence = new Presence(this, {
    arrived: () => this.#loading.end(),
    moved: () => {
      this.#session.moved();
      // Changes made while it was off the page are taken up now.
      this.requestUpdate();
    },
    start: () => this.#loading.start(),
    left: () => {
      this.#loading.end();
      this.#session.remove();
    },
  });
  readonly #stage = new Stage(this, {
    container: this.#container,
    session: this.#session,
    notices: this.#notices,
    clock: (this.constructor as typeof JitsiMeetingElement).screenClock,
    join: this.#joinQuietly,
    leave: () => void this.leave(),
  });
  /** Whether the page has set something that the session doesn't know yet. */
  #isUntold = false;

  constructor() {
    super();
    Object.assign(this, initialValues);
    this.#container.setAttribute('part', 'frame');
    this.addController(new LanguageController(this));
    this.addController(new FocusKeeper(this, () => this.api?.getIFrame() ?? undefined));
    markState(this.#internals, 'idle');
    // When a page removes the iframe, the browser unloads it.
    new MutationObserver(() => this.#session.moved()).observe(this.#container, { childList: true });
  }

  /** Where the meeting is in its life; `meeting-state-change` tells each change. */
  get state(): MeetingStateName {
    return this.#session.known.state;
  }
  /** Jitsi's own API object, while there is a frame. */
  get api(): JitsiMeetExternalAPI | undefined {
    return this.#session.known.api;
  }
  /** Claims of the newest token: what it asks for, not what the server grants. */
  get claims(): Claims | undefined {
    return this.#session.known.claims;
  }
  /** The role that the server gave, once it is known; before that, the role that the token asks for. */
  get meetingRole(): MeetingRole {
    return this.#session.known.meetingRole;
  }
  /** What the newest token turns on and off; `default` is what it doesn't name. */
  get features(): Features | undefined {
    return this.#session.known.features;
  }
  /** When the newest token expires; `undefined` without a token or without an end. */
  get tokenExpiresAt(): Date | undefined {
    return this.#session.known.tokenExpiresAt;
  }
  /** Whether a newer token is being fetched; `failed`: it could not be had, so the access ends with the token held. */
  get tokenRenewal(): RenewalStatus {
    return this.#session.known.fetched.renewal;
  }
  /** The server's clock minus the device's, ms. */
  get clockSkew(): number {
    return this.#session.known.clockSkew;
  }
  /** The judgement of the token, made before the frame was. */
  get preflight(): Preflight | undefined {
    return this.#session.known.preflight;
  }
  /** Why the meeting failed, or could not be joined again. */
  get error(): JitsiMeetingError | undefined {
    return this.#session.known.error;
  }

  /** Resolves when joined; rejects with a JitsiMeetingError, `aborted` when leaving or removal came first. */
  join(): Promise<void> {
    if (!this.isConnected) return Promise.reject(notOnThePage());
    this.#loading.overtake();
    this.#session.update();
    return this.#session.join();
  }
  /** Hangs up and resolves when nothing is left. */
  leave(): Promise<void> {
    this.#loading.overtake();
    return this.#session.leave();
  }
  /** Fetches a new token for the next join. */
  renewToken(): Promise<void> {
    this.#takeUp();
    return this.#session.renewToken();
  }
  /** Sends a command of the IFrame API, at once or when the app is ready. */
  executeCommand<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    this.#takeUp();
    this.#session.executeCommand(name, ...args);
  }
  /** The meeting's address, without the token. */
  getMeetingUrl(): string {
    return this.#session.getMeetingUrl();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'jwt' || name === 'token') {
      // Removing the attribute, or writing an empty one as frameworks do without a value, leaves the token as it is.
      if (value === null) return;
      if (value) this.token = value;
      this.removeAttribute(name);
    } else if (name === 'lang') this.requestUpdate();
    else super.attributeChangedCallback(name, old, value);
  }

  /** In another document the app would talk to that document's window, but Jitsi's script listens in this one. */
  adoptedCallback(): void {
    if (this.ownerDocument !== document) this.#session.remove();
    dress(this);
    this.requestUpdate();
  }
  /** Where the browser has `moveBefore()`, a move keeps the frame alive: the meeting just goes on. */
  connectedMoveCallback(): void {
    this.#session.moved();
  }

  protected override createRenderRoot(): ShadowRoot {
    return dress(this);
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#presence.look();
    this.#isUntold ||= changed.size > 0;
    if (this.#isUntold) this.#takeUp();
    else if (this.isConnected) this.#loading.update();
  }

  /** Takes up what the page has set so far, because a call of a method must not run ahead of it. */
  #takeUp(): void {
    if (!this.isConnected) return;
    this.#isUntold = false;
    this.#session.update();
    this.#loading.update();
  }

  /** What a screen needs may still be on its way. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (!this.#stage.settled) return isComplete;
    await this.#stage.settled;
    return super.getUpdateComplete();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    this.#stage.draw();
  }
}
