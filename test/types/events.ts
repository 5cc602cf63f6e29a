// Compiled, never run: what the types must allow, and below each directive what they must refuse.
import type { JitsiDomEvents, JitsiEvents, JitsiMeetExternalAPI } from '../../src/core.js';

export function right(api: JitsiMeetExternalAPI): void {
  api.on('videoConferenceJoined', ({ id, roomName, visitor = false }) => [id.length, roomName.length, visitor]);
  api.once('participantRoleChanged', ({ role }) => role === 'moderator' || role === 'from-a-newer-release');
  api.addEventListener('errorOccurred', ({ error }) => [error.name.length, error.params?.[1], error.isFatal]);
  api.addEventListeners({ readyToClose: () => {}, audioMuteStatusChanged: ({ muted }) => muted });
  const listener = ({ from, message }: JitsiEvents['incomingMessage']): string => `${from}: ${message}`;
  api.on('incomingMessage', listener).off('incomingMessage', listener);
  api.on('audioOnlyChanged', ({ enabled }) => enabled);
  api.removeAllListeners('log').removeAllListeners();
  api.emit('subjectChange', { subject: 'Weekly' });
}

export function rightOnElements(event: JitsiDomEvents['participantKickedOut']): string | undefined {
  return event.detail.kicked.local ? event.detail.kicker.name : event.detail.kicked.id;
}

export function wrongOnElements(event: JitsiDomEvents['participantLeft']): void {
  // @ts-expect-error in detail
  event.id.toString();
  // @ts-expect-error its only field is id
  event.detail.displayName.toString();
}

export function wrongNames(api: JitsiMeetExternalAPI): void {
  // @ts-expect-error misspelt
  api.on('videoConferenceJoind', () => {});
  // @ts-expect-error the name on the wire, not the public one
  api.on('video-conference-joined', () => {});
  // @ts-expect-error another case
  api.once('ReadyToClose', () => {});
  // @ts-expect-error the name in the table is participantMenuButtonClick
  api.on('participantMenuButtonClicked', () => {});
  // @ts-expect-error the name in the table is displayNameChange
  api.off('displayNameChanged', () => {});
  // @ts-expect-error an event of the element, not of Jitsi's object
  api.addListener('token-expired', () => {});
  // @ts-expect-error none such
  api.removeAllListeners('everything');
  // @ts-expect-error none such
  api.addEventListeners({ videoConferenceJoined: () => {}, videoConferenceStarted: () => {} });
  // @ts-expect-error none such
  api.removeEventListeners(['readyToClose', 'conferenceJoined']);
  // @ts-expect-error none such
  api.listenerCount('conferenceJoined');
}

export function wrongPayloads(api: JitsiMeetExternalAPI): void {
  // @ts-expect-error roomName
  api.on('videoConferenceJoined', ({ room }) => room);
  // @ts-expect-error nested under error
  api.on('errorOccurred', ({ name }) => name);
  // @ts-expect-error displayname is Jitsi's spelling here
  api.on('displayNameChange', ({ displayName }) => displayName);
  // @ts-expect-error but displayName here
  api.on('participantJoined', ({ displayname }) => displayname);
  // @ts-expect-error a time, not a flag
  api.on('raiseHandUpdated', ({ handRaised }) => handRaised === true);
  // @ts-expect-error a number
  api.on('videoQualityChanged', ({ videoQuality }) => videoQuality.toUpperCase());
  // @ts-expect-error may be left out
  api.on('avatarChanged', ({ avatarURL }) => avatarURL.length);
  // @ts-expect-error may be left out
  api.on('knockingParticipant', ({ participant }) => participant.name.length);
  // @ts-expect-error p2p in other letters
  api.on('p2pStatusChanged', ({ isP2P }) => isP2P);
  // @ts-expect-error and the other way round
  api.on('peerConnectionFailure', ({ isP2p }) => isP2p);
  // @ts-expect-error wrapped in data
  api.on('endpointTextMessageReceived', ({ eventData }) => eventData);
  // @ts-expect-error wrapped in data
  api.on('contentSharingParticipantsChanged', (ids: string[]) => ids.length);
  // @ts-expect-error nothing in it
  api.on('readyToClose', ({ roomName }: { roomName: string }) => roomName);
  // @ts-expect-error no payload at all
  api.on('largeVideoChanged', ({ id }) => id);
  // @ts-expect-error file, stream or local
  api.on('recordingStatusChanged', ({ mode }) => mode === 'cloud');
  // @ts-expect-error in capitals
  api.on('whiteboardStatusChanged', ({ status }) => status === 'shown');
  // @ts-expect-error no list of devices but three
  api.on('deviceListChanged', ({ devices }) => devices.map(({ label }) => label));
  // @ts-expect-error a list
  api.on('log', ({ args }) => args.toUpperCase());
  // @ts-expect-error one payload
  api.on('participantLeft', ({ id }, second: string) => id + second);
  // @ts-expect-error not a function
  api.on('participantLeft', 'leave');
  // @ts-expect-error muted is a boolean
  api.emit('audioMuteStatusChanged', { muted: 'yes' });
}
