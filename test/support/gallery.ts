// Every screen of the element as a live one, on a clock, a backend and an app that are not real: no server is needed.
import { JitsiMeetingError, type JitsiMeetingElement } from '../../src/index.js';
import {
  errorCodes,
  errorDetails,
  type ErrorCode,
  type ErrorDetail,
  type JitsiMeetingErrorOptions,
} from '../../src/errors.js';
import { fakeMeeting, type World } from './fake-meeting.js';

type Made = ReturnType<typeof fakeMeeting>;
type Properties = Partial<JitsiMeetingElement>;

export interface GalleryScreen {
  name: string;
  /** Puts it into `place` and brings it there. */
  show(place: HTMLElement, properties?: Properties): Promise<JitsiMeetingElement>;
}

/** Which code stands behind a detail. */
const codeOf: Record<ErrorDetail, ErrorCode> = {
  'room-full': 'conference-failed',
  'turned-away': 'conference-failed',
  'not-begun': 'conference-failed',
  'no-media': 'conference-failed',
  'other-room': 'token-rejected',
  'only-page': 'token-expired',
};

/** As they are where they really happen. */
const more: Partial<Record<ErrorCode | ErrorDetail, Partial<JitsiMeetingErrorOptions>>> = {
  'token-network': { retryable: true },
  'token-timeout': { retryable: true },
  'token-auth-required': { status: 401 },
  'token-forbidden': { status: 403 },
  'token-rate-limited': { status: 429, retryable: true, retryAfter: 40_000 },
  'token-server': { status: 503, retryable: true, retryAfter: 20_000 },
  'token-endpoint-invalid': { status: 404 },
  'token-expired': { retryable: true },
  'token-not-yet-valid': { retryable: true },
  'script-load': { retryable: true },
  'script-timeout': { retryable: true },
  'iframe-timeout': { retryable: true },
  'join-timeout': { retryable: true },
  'conference-failed': { retryable: true },
  'room-full': { retryable: true },
  'not-begun': { retryable: true },
  'no-media': { retryable: true },
};

const screen = (
  name: string,
  bring: (made: Made) => Promise<unknown> | unknown,
  own: Properties = {},
): GalleryScreen => ({
  name,
  async show(place, properties = {}) {
    const made = fakeMeeting({ room: 'Weekly planning', ...own, ...properties });
    made.world.backend.claims = { room: '*', context: { user: { name: 'Ada Lovelace', moderator: true } } };
    place.append(made.meeting);
    await made.meeting.updateComplete;
    await made.world.clock.pass(0);
    await bring(made);
    await made.world.clock.pass(0);
    await made.meeting.updateComplete;
    return made.meeting;
  },
});

const failure = (what: ErrorCode | ErrorDetail): GalleryScreen => {
  const isDetail = (errorDetails as readonly string[]).includes(what);
  const error = new JitsiMeetingError(isDetail ? codeOf[what as ErrorDetail] : (what as ErrorCode), 'shown', {
    hint: '',
    ...(isDetail && { detail: what as ErrorDetail }),
    ...more[what],
  });
  return screen(what, ({ world }) => world.clock.pass(10), {
    tokenProvider: () => Promise.reject(error),
    signInUrl: 'https://www.example.org/login',
  });
};

const inMeeting = async ({ world }: Made): Promise<void> => {
  await world.clock.pass(10);
  world.app!.join();
};
const ended = (name: string, end: (made: Made) => unknown): GalleryScreen =>
  screen(name, async (made) => {
    await inMeeting(made);
    await end(made);
  });
const never = (): Promise<never> => new Promise(() => {});
const notice = (name: string, happen: (world: World) => void): GalleryScreen =>
  screen(name, async (made) => {
    await inMeeting(made);
    happen(made.world);
  });

export const gallery: readonly GalleryScreen[] = [
  screen('placeholder', () => {}, { loading: 'click' }),
  screen('connecting', () => {}, { tokenProvider: never }),
  screen('connecting-4s', ({ world }) => world.clock.pass(4_000), { tokenProvider: never }),
  screen('connecting-9s', ({ world }) => world.clock.pass(9_000), { tokenProvider: never }),
  screen('loading-12s', ({ world }) => world.clock.pass(12_000)),
  screen('joined', inMeeting),
  ...errorCodes.map(failure),
  ...errorDetails.map(failure),
  ended('ended-left', ({ world }) => world.app!.say('readyToClose')),
  ended('ended-kicked', ({ world }) => world.app!.kick()),
  ended('ended-conference-ended', ({ world }) =>
    world.app!.say('errorOccurred', {
      error: { name: 'conference.destroyed', type: 'CONFERENCE', isFatal: false, params: ['x'] },
    }),
  ),
  ended('ended-page-hidden', ({ world }) =>
    world.device.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
  ),
  notice('offline', ({ device }) => device.dispatchEvent(new Event('offline'))),
  notice('both-permission', ({ app }) => {
    app!.say('cameraError', { type: 'gum.permission_denied', message: '' });
    app!.say('micError', { type: 'gum.permission_denied', message: '' });
  }),
  notice('two-notices', ({ app }) => {
    app!.say('cameraError', { type: 'gum.not_found', message: '' });
    app!.say('micError', { type: 'gum.general', message: '' });
  }),
];
