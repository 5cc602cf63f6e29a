import { tell } from './host.js';

/** `errorOccurred` in the shapes of the real app (test/data/real-app), with the notices that go with them. */

/** Refused on connecting. Only the free text tells why, with apostrophes as the XMPP stanza spells them. */
export function tellConnectingRefused(text: string): void {
  const tokenNeeded = text === 'token required';
  if (!tokenNeeded) {
    const reasons = text.startsWith('Not acceptable by') ? 'WithReasons' : '';
    tell('notificationTriggered', {
      description: `dialog.tokenAuthFailed${reasons}`,
      title: 'dialog.tokenAuthFailedTitle',
    });
  }
  tell('errorOccurred', {
    error: {
      credentials: { jid: location.hostname },
      name: 'connection.passwordRequired',
      message: text.replaceAll("'", '&apos;'),
      ...(tokenNeeded && { recoverable: true }),
      type: 'CONNECTION',
      isFatal: false,
    },
  });
}

export function tellJoiningRefused(text: string): void {
  tellConferenceError('conference.connectionError.notAllowed', { params: ['general', text] });
  tell('notificationTriggered', { title: 'dialog.tokenAuthFailed' });
}

export function tellPasswordRequired(): void {
  tellConferenceError('conference.passwordRequired', { params: [], recoverable: true });
  tell('passwordRequired');
}

export const tellLobby = (): void =>
  tellConferenceError('conference.connectionError.membersOnly', { params: [null, false], recoverable: true });

export const tellRoomFull = (): void => tellConferenceError('conference.max_users', { params: [] });

export const tellNotBegun = (): void =>
  tellConferenceError('conference.connectionError.notAllowed', {
    params: ['room-creation-restriction', 'The meeting has not begun.'],
  });

export const tellEndedByModerator = (): void =>
  tellConferenceError('conference.destroyed', { params: ['The meeting has been terminated', null] });

export const tellFocusLeft = (): void => tellConferenceError('conference.focusLeft', { params: [] }, true);

/** The server doesn't know our session any more. */
export const tellSessionGone = (): void =>
  tell('errorOccurred', {
    error: {
      details: { suspend_time: 0 },
      name: 'connection.otherError',
      message: 'item-not-found',
      type: 'CONNECTION',
      isFatal: true,
    },
  });

function tellConferenceError(name: string, facts: { params: unknown[]; recoverable?: boolean }, isFatal = false): void {
  tell('errorOccurred', { error: { name, ...facts, type: 'CONFERENCE', isFatal } });
}
