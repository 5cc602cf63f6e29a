// Compiled, never run: the drop-in's props and API object beside those of `@jitsi/react-sdk`.
import type EventEmitter from 'node:events';
import type { ReactElement } from 'react';
import {
  JaaSMeeting,
  JitsiMeeting,
  type IJaaSMeetingProps,
  type IJitsiMeetExternalApi,
  type IJitsiMeetingProps,
} from '../../src/compat/react-sdk/index.js';
import type * as Sdk from '../data/sdk/react-sdk.js';

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;

// A page that passes what the SDK takes compiles with the drop-in, its callbacks aside: they get another API object.
type Callbacks = 'onApiReady';
export const meeting: Omit<IJitsiMeetingProps, Callbacks> = {} as Omit<Sdk.IJitsiMeetingProps, Callbacks>;
export const jaas: Omit<IJaaSMeetingProps, Callbacks> = {} as Omit<Sdk.IJaaSMeetingProps, Callbacks>;

// No prop is missing, and none is new.
export const names: [
  Same<keyof IJitsiMeetingProps, keyof Sdk.IJitsiMeetingProps>,
  Same<keyof IJaaSMeetingProps, keyof Sdk.IJaaSMeetingProps>,
] = [true, true];

// The other way: what the drop-in takes is what the SDK takes, where the SDK's own types are not too narrow (`invitees: []`,
// `userInfo` and `devices` complete).
type Narrow = 'invitees' | 'userInfo' | 'devices';
export const back: Omit<Sdk.IJitsiMeetingProps, Callbacks | Narrow> = {} as Omit<
  { [Prop in keyof IJitsiMeetingProps]: Exclude<IJitsiMeetingProps[Prop], undefined> },
  Callbacks | Narrow
>;

// Every method of the SDK's API object is there, and those of its own are called in the same way.
type Name = Exclude<keyof Sdk.IJitsiMeetExternalApi, symbol>;
/** Here the SDK's types let more through than Jitsi's script takes. */
type Wide = 'isParticipantForceMuted' | 'startRecording';
type OwnName = Exclude<Name, keyof EventEmitter | Wide>;
type CallOf<Method> = Method extends (...args: infer Args) => unknown ? Args : never;
export const everyMethod: Record<Name, unknown> = {} as IJitsiMeetExternalApi;
export const everyCall: { [Own in OwnName]: CallOf<IJitsiMeetExternalApi[Own]> } = {} as {
  [Own in OwnName]: CallOf<Sdk.IJitsiMeetExternalApi[Own]>;
};

/** Callbacks as pages write them. */
export const pages: ReactElement[] = [
  <JitsiMeeting roomName="Weekly" />,
  <JitsiMeeting
    domain="meet.example.org"
    roomName="Weekly"
    jwt="a.b.c"
    configOverwrite={{ startWithAudioMuted: true, aKeyOfTheirOwn: 1 }}
    interfaceConfigOverwrite={{ SHOW_JITSI_WATERMARK: false }}
    userInfo={{ displayName: 'Ada', email: 'ada@example.org' }}
    invitees={[]}
    devices={{ audioInput: 'a', audioOutput: 'b', videoInput: 'c' }}
    lang="de"
    release="release-1234"
    spinner={() => <p>One moment</p>}
    onApiReady={(api) => {
      api.on('videoConferenceJoined', ({ roomName }) => roomName.length);
      api.on('anEventOfTheirOwn', (first, second) => [first, second]);
      api.addListener('knockingParticipant', (payload: { participant: object }) => payload.participant);
      api.addEventListener('audioMuteStatusChanged', () => {});
      api.executeCommand('toggleAudio');
      api.executeCommand('aCommandOfTheirOwn', 1, 2);
      api.dispose();
    }}
    onReadyToClose={() => {}}
    getIFrameRef={(node) => void (node.style.height = '700px')}
  />,
  <JaaSMeeting appId="vpaas-magic-cookie-1" roomName="Weekly" useStaging spinner="progress" />,
];

export const wrong: ReactElement[] = [
  // @ts-expect-error no room
  <JitsiMeeting domain="meet.example.org" />,
  // @ts-expect-error no app
  <JaaSMeeting roomName="Weekly" />,
  // @ts-expect-error misspelt
  <JitsiMeeting roomName="Weekly" onApiRaedy={() => {}} />,
];
