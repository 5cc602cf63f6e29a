// Compiled, never run: listening to a meeting, with or without an element.
import type { JitsiMeetingElement, JitsiEvents, MeetingEvents, MeetingSession } from '../../src/index.js';

export function rightOnElement(meeting: JitsiMeetingElement): void {
  meeting.addEventListener('videoConferenceJoined', ({ detail }) => detail.roomName.length);
  meeting.addEventListener('errorOccurred', ({ detail: { error } }) => [error.name, error.isFatal], { once: true });
  meeting.addEventListener('meeting-state-change', ({ detail }) => detail.reason === 'kicked');
  meeting.addEventListener('token-expiring', ({ detail }) => detail.expiresAt?.getTime());
  meeting.addEventListener('meeting-error', async ({ detail: { error } }) => (error.retryable ? meeting.join() : null));
  meeting.addEventListener('meeting-warning', function ({ detail }) {
    return [this.state === 'joined', this.meetingRole.name, detail.hint.length];
  });
  meeting.addEventListener('readyToClose', { handleEvent: (event) => event.detail }, true);
  meeting.addEventListener('click', (event) => event.clientX);
  meeting.addEventListener('an-event-of-a-child', (event: Event) => event.target);
  const listener = (event: CustomEvent<JitsiEvents['incomingMessage']>): string => event.detail.message;
  meeting.addEventListener('incomingMessage', listener);
  meeting.removeEventListener('incomingMessage', listener);
  meeting.removeEventListener('token-expired', null, { capture: true });
  document.querySelector('jitsi-meeting')?.addEventListener('participantLeft', ({ detail }) => detail.id.length);
}

/** Where any element will do, the meeting does, too; an index over all tag names stays callable. */
export function rightElsewhere(meeting: JitsiMeetingElement, tag: keyof HTMLElementTagNameMap): void {
  const listen = (element: HTMLElement): void => element.addEventListener('focus', () => {});
  listen(meeting);
  document.createElement(tag).addEventListener('focus', () => {});
}

export function rightOnSession(session: MeetingSession, name: string): void {
  session.addEventListener('participantJoined', ({ detail }) => detail.displayName?.length);
  session.addEventListener('meeting-state-change', ({ detail }) => detail.previous === 'connecting');
  session.addEventListener('token-renewed', function () {
    return this.tokenExpiresAt;
  });
  for (const own of ['token-received', 'token-renewed'] as const)
    session.addEventListener(own, ({ detail }) => detail.claims?.iss);
  session.addEventListener(name, (event) => event.type);
  const target: EventTarget = session;
  target.dispatchEvent(new Event('any'));
}

export function wrongOnElement(meeting: JitsiMeetingElement): void {
  // @ts-expect-error misspelt, so nothing is known of its payload
  meeting.addEventListener('videoConferenceJoind', ({ detail }) => detail);
  // @ts-expect-error the payload is in detail
  meeting.addEventListener('videoConferenceJoined', ({ roomName }) => roomName);
  // @ts-expect-error roomName
  meeting.addEventListener('videoConferenceJoined', ({ detail }) => detail.room);
  // @ts-expect-error the token is part of no event
  meeting.addEventListener('token-received', ({ detail }) => detail.token);
  // @ts-expect-error may be unknown
  meeting.addEventListener('token-expiring', ({ detail }) => detail.expiresAt.getTime());
  // @ts-expect-error no such state
  meeting.addEventListener('meeting-state-change', ({ detail }) => detail.state === 'connected');
  // @ts-expect-error no such reason
  meeting.addEventListener('meeting-state-change', ({ detail }) => detail.reason === 'hung-up');
  // @ts-expect-error nested under error
  meeting.addEventListener('meeting-error', ({ detail }) => detail.code);
  // @ts-expect-error no such warning
  meeting.addEventListener('meeting-warning', ({ detail }) => detail.code === 'camera-blocked');
  // @ts-expect-error a listener for another event
  meeting.addEventListener('participantLeft', (event: CustomEvent<JitsiEvents['errorOccurred']>) => event.detail.error);
  // @ts-expect-error no listener
  meeting.addEventListener('participantLeft');
  // @ts-expect-error no such option
  meeting.addEventListener('participantLeft', () => {}, { onlyOnce: true });
  meeting.addEventListener('readyToClose', function () {
    // @ts-expect-error this is the element, not the payload
    void this.roomName;
  });
  const listener = ({ detail }: CustomEvent<MeetingEvents['meeting-error']>): string => detail.error.code;
  // @ts-expect-error a listener for another event
  meeting.removeEventListener('token-expired', listener);
}

export function wrongOnSession(session: MeetingSession): void {
  const listener = (): void => {};
  // @ts-expect-error misspelt
  session.addEventListener('videoConferenceJoind', () => {});
  // @ts-expect-error camel case
  session.addEventListener('meetingStateChange', () => {});
  // @ts-expect-error another case
  session.removeEventListener('Token-Expired', listener);
  // @ts-expect-error no element, no click
  session.addEventListener('click', () => {});
  // @ts-expect-error displayname is Jitsi's spelling here
  session.addEventListener('displayNameChange', ({ detail }) => detail.displayName);
  // @ts-expect-error a listener for another event
  session.addEventListener('participantLeft', { handleEvent: (event: CustomEvent<{ error: string }>) => event.detail });
  // @ts-expect-error in detail
  session.addEventListener('meeting-error', ({ error }) => error);
}
