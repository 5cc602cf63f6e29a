// Compiled, never run: the drop-in's props beside those of `@jitsi/vue-sdk`, and a page's render function.
import { createApp, h, type Component, type VNode } from 'vue';
import install, {
  JaaSMeeting,
  JitsiMeeting,
  type IJaaSMeetingProps,
  type IJitsiMeetingProps,
} from '../../src/compat/vue-sdk/index.js';
import type * as Sdk from '../data/sdk/vue-sdk.js';

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;

// A page that passes what the SDK takes compiles with the drop-in. No prop is missing, and none is new; the SDK's type of
// JaaSMeeting leaves out the size, which its code passes on.
export const meeting: IJitsiMeetingProps = {} as Sdk.IJitsiMeetingProps;
export const jaas: IJaaSMeetingProps = {} as Sdk.IJaaSMeetingProps;
export const names: [
  Same<keyof IJitsiMeetingProps, keyof Sdk.IJitsiMeetingProps>,
  Same<Exclude<keyof IJaaSMeetingProps, 'width' | 'height'>, keyof Sdk.IJaaSMeetingProps>,
] = [true, true];

// The components take these props.
type PropsOf<Of extends abstract new (...args: never) => { $props: unknown }> = InstanceType<Of>['$props'];
export const given: [PropsOf<typeof JitsiMeeting>, PropsOf<typeof JaaSMeeting>] = [
  {} as IJitsiMeetingProps,
  {} as IJaaSMeetingProps,
];

export const page = (): VNode[] => [
  h(JitsiMeeting, { roomName: 'Weekly' }),
  h(
    JitsiMeeting,
    {
      domain: 'meet.example.org',
      roomName: 'Weekly',
      jwt: 'a.b.c',
      width: '100%',
      height: 600,
      configOverwrite: { startWithAudioMuted: true, aKeyOfTheirOwn: 1 },
      userInfo: { displayName: 'Ada', email: 'ada@example.org' },
      invitees: [],
      lang: 'de',
      onOnApiReady: (api) => api.on('videoConferenceJoined', ({ roomName }) => roomName.length),
      onOnReadyToClose: () => {},
      onGetIframeRefOnApiReady: (node) => void (node.style.height = '700px'),
    },
    { spinner: () => 'One moment' },
  ),
  h(JaaSMeeting, { appId: 'vpaas-magic-cookie-1', roomName: 'Weekly', useStaging: false }),
];

export const wrong = (): VNode[] => [
  // @ts-expect-error no room
  h(JitsiMeeting, { domain: 'meet.example.org' }),
  // @ts-expect-error no app
  h(JaaSMeeting, { roomName: 'Weekly' }),
];

export const app = (root: Component) => createApp(root).use(install);
