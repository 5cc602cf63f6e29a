import { JitsiMeetingError } from '../errors.js';
import type { JitsiCommandName, JitsiCommands } from '../jitsi/commands.js';
import type { Violation } from '../jitsi/page-policy.js';
import { buildMeetingUrl } from '../room/url.js';
import { isAtRest } from '../session/at-rest.js';
import { noMeeting } from '../session/no-meeting.js';
import type { MeetingSession, SessionTools } from '../session/session.js';
import { SharedPromise } from '../session/shared-promise.js';
import { isSameMeeting, TargetReader, type Meant } from '../session/target.js';
import { aborted } from '../token/aborted.js';
import { engine } from './late-engine.js';
import { HeadStart } from './head-start.js';
import type { PageOptions } from './page-options.js';
import type { MeetingProperties } from './properties.js';

type Known = Pick<MeetingSession, 'state' | 'fetched' | 'clockSkew' | 'meetingRole' | 'isOffline'> &
  Partial<
    Pick<
      MeetingSession,
      'reason' | 'error' | 'waitingFor' | 'recovery' | 'api' | 'claims' | 'tokenExpiresAt' | 'features' | 'preflight'
    >
  >;

/** What there is to know before there is a session. */
class Before implements Known {
  state: 'idle' | 'connecting' | 'failed' = 'idle';
  error?: JitsiMeetingError;
  readonly fetched = { script: false, renewal: 'none' } as const;
  readonly clockSkew = 0;
  readonly meetingRole = { name: 'unknown', source: 'none' } as const;
  get isOffline(): boolean {
    return this.state === 'connecting' && !navigator.onLine;
  }
}

/**
 * The session of an element. Until its code is there, this stands for it: the element is `connecting`, and what the page
 * asks for meanwhile is done when it comes, or rejected when the meeting is left before.
 */
export class LateSession {
  #session: MeetingSession | undefined;
  #options: PageOptions | undefined;
  readonly #before = new Before();
  #wait: AbortController | undefined;
  #meant: Meant | undefined;
  /** What the page asked for since it joined; without a session it was left. */
  #asked: ((session: MeetingSession | undefined) => void)[] = [];
  #tryAgain = (): void => {};
  readonly #ahead: HeadStart;
  readonly #joining = new SharedPromise();
  readonly #targets = new TargetReader();

  /** @param tell takes every event of the session, `change` among them */
  constructor(
    private readonly element: HTMLElement & MeetingProperties,
    private readonly container: () => HTMLElement,
    private readonly tools: Partial<SessionTools>,
    private readonly tell: (event: Event) => void,
  ) {
    this.#ahead = new HeadStart(tools);
  }

  /** What there is to know of the meeting. */
  get known(): Known {
    return this.#session ?? this.#before;
  }

  join(): Promise<void> {
    const session = this.#session ?? (engine.now && this.#before.state !== 'connecting' ? this.#begin() : undefined);
    if (session) {
      if (isAtRest(session.state)) this.#options?.readMarkup();
      return session.join();
    }
    const { promise } = this.#joining;
    if (this.#before.state === 'connecting') this.#tryAgain();
    else {
      this.#startAhead();
      void this.#fetch((this.#wait = new AbortController()).signal);
      this.#enter('connecting');
    }
    return promise;
  }

  leave(): Promise<void> {
    if (this.#session) return this.#session.leave();
    this.#stop();
    return Promise.resolve();
  }

  remove(): void {
    if (this.#session) this.#session.remove();
    else this.#stop();
  }

  moved(): void {
    this.#session?.moved();
  }

  update(): void {
    if (this.#session) return this.#session.update();
    if (this.#before.state !== 'connecting') return;
    if (isSameMeeting(this.#targets.read(this.element), this.#meant)) return;
    // What was asked of the meeting before is not for this one.
    this.#startAhead();
    this.#answer(undefined);
    this.tell(new Event('change'));
  }

  warmUp(what: 'script' | 'script-and-token'): void {
    if (this.#session) return this.#session.warmUp(what);
    const begin = (): void => {
      if (engine.now && this.#before.state === 'idle') (this.#session ?? this.#begin()).warmUp(what);
    };
    if (engine.now) begin();
    else void engine.tryToLoad().then(begin);
  }

  renewToken(): Promise<void> {
    if (this.#session) return this.#session.renewToken();
    if (isAtRest(this.#before.state)) return Promise.reject(noMeeting('renew a token'));
    return new Promise((resolve, reject) => {
      this.#asked.push((session) => (session ? session.renewToken().then(resolve, reject) : reject(aborted())));
    });
  }

  executeCommand<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void {
    if (this.#session) return this.#session.executeCommand(name, ...args);
    if (isAtRest(this.#before.state)) throw noMeeting(`execute ${name}`);
    // As it is now; what can't be sent is told to the caller.
    const copy = JSON.parse(JSON.stringify(args)) as JitsiCommands[Name];
    this.#asked.push((session) => session?.executeCommand(name, ...copy));
  }

  getMeetingUrl(): string {
    const { target, error } = this.#targets.read(this.element);
    if (!target) throw error;
    return buildMeetingUrl(target);
  }

  #begin(): MeetingSession {
    const { MeetingSession, PageOptions } = engine.now!;
    const options = (this.#options = new PageOptions(this.element));
    let isTold = this.#before.state === 'connecting';
    this.#session = new MeetingSession(this.container, () => this.#ahead.options(options.build()), {
      ...this.tools,
      fetch: this.#ahead.fetch,
      loadApi: this.#ahead.loadApi,
      violations: this.#ahead.violations,
      overhear: (event) => {
        // That it is connecting the page has been told.
        if (!isTold) this.tell(event);
        isTold = false;
      },
    });
    return this.#session;
  }

  #startAhead(): void {
    this.#meant = this.#targets.read(this.element);
    this.#ahead.begin(this.element, this.#meant.target);
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    try {
      await this.#load(signal);
    } catch (cause) {
      if (!signal.aborted) this.#fail(cause);
      return;
    }
    if (signal.aborted) return;
    const session = this.#begin();
    this.#options?.readMarkup();
    session.join().then(
      () => this.#joining.settle(),
      (error: JitsiMeetingError) => this.#joining.settle(error),
    );
    this.#answer(session);
  }

  /** While the device is offline nothing can be fetched, and nothing has failed for that. */
  async #load(signal: AbortSignal): Promise<void> {
    try {
      await engine.load();
    } catch (error) {
      if (navigator.onLine || signal.aborted) throw error;
      await new Promise<void>((resolve) => {
        this.#tryAgain = resolve;
        window.addEventListener('online', () => resolve(), { once: true, signal });
        this.tell(new Event('change'));
      });
      await this.#load(signal);
    }
  }

  #fail(cause: unknown): void {
    const blocked = this.#ahead.violations().find((one) => forbids(one, cause));
    this.#ahead.end();
    const error = blocked ? partForbidden(blocked) : partMissing(cause);
    this.#joining.settle(error);
    this.#answer(undefined);
    this.#enter('failed', error);
    this.tell(new CustomEvent('meeting-error', { detail: { error } }));
  }

  #stop(): void {
    this.#wait?.abort();
    this.#ahead.end();
    this.#joining.settle(aborted());
    this.#answer(undefined);
    if (this.#before.state !== 'idle') this.#enter('idle');
  }

  #enter(state: Before['state'], error?: JitsiMeetingError): void {
    const previous = this.#before.state;
    Object.assign(this.#before, { state, error });
    this.tell(new CustomEvent('meeting-state-change', { detail: { state, previous } }));
  }

  #answer(session: MeetingSession | undefined): void {
    for (const ask of this.#asked.splice(0)) ask(session);
  }
}

/** A browser that names the file in the error of its import shows which violation it is. */
const forbids = ({ blockedURI, disposition }: Violation, cause: unknown): boolean =>
  disposition !== 'report' && URL.canParse(blockedURI) && String(cause).includes(blockedURI);

/** These words can't be in a file of their own. */
function partForbidden({ effectiveDirective, blockedURI }: Violation): JitsiMeetingError {
  const folder = new URL('.', blockedURI).href;
  return new JitsiMeetingError(
    'page-policy',
    `This page forbids a file of jitsi-meeting-element: ${effectiveDirective} does not allow ${folder}.`,
    { hint: `The page's Content-Security-Policy needs script-src … ${folder}.` },
  );
}

const partMissing = (cause: unknown): JitsiMeetingError =>
  new JitsiMeetingError('script-load', 'A file of jitsi-meeting-element could not be loaded.', {
    hint: "The first file fetches others from the package's folder dist: are they published beside it?",
    retryable: true,
    cause,
  });
