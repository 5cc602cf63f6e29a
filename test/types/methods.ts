// Compiled, never run: what the types must allow, and below each directive what they must refuse.
import type { JitsiMeetExternalAPI as PublishedApi } from 'jitsi-meet';
import type { JitsiMeetExternalAPI, JitsiMeetExternalAPIConstructor } from '../../src/core.js';

/** Code written for `@types/jitsi-meet` takes our object as it is. */
export function fitsPublishedTypes(
  api: JitsiMeetExternalAPI,
  takesPublished: (api: PublishedApi) => void,
): PublishedApi {
  takesPublished(api);
  return api;
}

export async function right(api: JitsiMeetExternalAPI): Promise<unknown[]> {
  const { dataURL = '' } = await api.captureLargeVideoScreenshot();
  const { rooms } = await api.getRoomsInfo(true);
  const { audioInput = [] } = await api.getAvailableDevices();
  const current = await api.getCurrentDevices();
  const name = api.getDisplayName('id') ?? 'Nobody';
  await api.setMediaEncryptionKey({ index: 0 });
  api.pinParticipant();
  api.startRecording({ mode: 'file', shouldShare: true });
  const { error } = await api.invite([{ type: 'phone', number: '+491234' }]);
  return [dataURL.length, rooms[0]?.participants, audioInput[0]?.label, current.videoInput?.label, name.length, error];
}

export function rightToConstruct(Api: JitsiMeetExternalAPIConstructor, parentNode: Element): HTMLIFrameElement {
  const api = new Api('meet.example.org', { roomName: 'Team', parentNode, userInfo: { displayName: 'Ada' } });
  return api.getIFrame();
}

export async function wrong(api: JitsiMeetExternalAPI): Promise<void> {
  // @ts-expect-error none such
  api.mute();
  // @ts-expect-error resolves to an object
  (await api.captureLargeVideoScreenshot()).startsWith('data:');
  // @ts-expect-error a promise
  if (api.isAudioMuted() === true) api.dispose();
  // @ts-expect-error unknown before joining
  api.isVisitor().toString();
  // @ts-expect-error perhaps nobody's
  api.getDisplayName('id').length;
  // @ts-expect-error one device a kind, not a list
  (await api.getCurrentDevices()).audioInput?.map(({ label }) => label);
  // @ts-expect-error a list
  (await api.getAvailableDevices()).audioInput?.label;
  // @ts-expect-error whose
  api.getEmail();
  // @ts-expect-error no such type of invitation
  await api.invite([{ type: 'fax', number: '1' }]);
  // @ts-expect-error a phone has a number
  await api.invite([{ type: 'phone', address: 'ada@example.org' }]);
  // @ts-expect-error a list
  await api.invite({ type: 'phone', number: '1' });
  // @ts-expect-error whose
  await api.isParticipantForceMuted();
  // @ts-expect-error input or output
  await api.isDeviceChangeAvailable('audioinput');
  // @ts-expect-error two numbers
  api.resizeLargeVideo('100px', '50px');
  // @ts-expect-error two numbers
  api.resizeLargeVideo(100);
  // @ts-expect-error camera or desktop
  api.pinParticipant('id', 'screen');
  // @ts-expect-error the index is missing
  await api.setMediaEncryptionKey({});
  // @ts-expect-error an array only in what @types/jitsi-meet says
  api.executeCommands([{ displayName: ['Ada'] }]);
  // @ts-expect-error readonly facts of the frame, not a setter
  api.getIFrame('id');
}

export function wrongToConstruct(Api: JitsiMeetExternalAPIConstructor): void {
  // @ts-expect-error the domain is missing
  new Api();
  // @ts-expect-error the domain comes first
  new Api({ roomName: 'Team' });
  // @ts-expect-error room is what the element calls it
  new Api('meet.example.org', { room: 'Team' });
  // @ts-expect-error an element, not a selector
  new Api('meet.example.org', { parentNode: '#meeting' });
  // @ts-expect-error jwt is what Jitsi calls it
  new Api('meet.example.org', { token: 'x' });
  // @ts-expect-error name is what tokens call it
  new Api('meet.example.org', { userInfo: { name: 'Ada' } });
  // @ts-expect-error labels, not device objects
  new Api('meet.example.org', { devices: { audioInput: { deviceId: 'x' } } });
  // @ts-expect-error rules under replace
  new Api('meet.example.org', { iceServers: [{ urls: 'stun:example.org' }] });
}
