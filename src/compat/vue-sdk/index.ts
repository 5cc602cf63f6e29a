import {
  defineComponent,
  h,
  shallowRef,
  watchEffect,
  type App,
  type PropType,
  type SetupContext,
  type SlotsType,
  type VNode,
} from 'vue';
import '../../index.js';
import type { JitsiMeetingElement } from '../../index.js';
import { cssLength } from './css-length.js';
import { defaultDomain, jaasMeeting, targetOf, type Target } from '../target.js';
import { Teller } from '../told.js';
import type { IJaasProps, IJitsiMeetExternalApi, IMeetingProps } from '../types.js';

export type { IJitsiMeetExternalApi, IMeetingProps, JitsiMeetExternalApi } from '../types.js';

interface VueProps extends IMeetingProps {
  /** Pixels, or CSS. Default: 600. */
  width?: number | string | undefined;
  /** Pixels, or CSS. Default: 400. */
  height?: number | string | undefined;
}

/** Props of `JitsiMeeting`, as in `@jitsi/vue-sdk`. */
export interface IJitsiMeetingProps extends VueProps {
  /** Host of the deployment. Default: `meet.jit.si`, which ends embedded meetings after five minutes. */
  domain?: string | undefined;
}

/** Props of `JaaSMeeting`, as in `@jitsi/vue-sdk`. */
export interface IJaaSMeetingProps extends VueProps, IJaasProps {}

const shared = {
  roomName: { type: String, required: true as const },
  width: { type: [Number, String], default: 600 },
  height: { type: [Number, String], default: 400 },
  configOverwrite: Object as PropType<IMeetingProps['configOverwrite']>,
  interfaceConfigOverwrite: Object as PropType<IMeetingProps['interfaceConfigOverwrite']>,
  jwt: String,
  invitees: Array as PropType<IMeetingProps['invitees']>,
  devices: Object as PropType<IMeetingProps['devices']>,
  userInfo: Object as PropType<IMeetingProps['userInfo']>,
  lang: { type: String, default: 'en' },
};

const emits = {
  /** Jitsi's API object, when the frame has been made, and the new one of each rejoin. */
  onApiReady: (_api: IJitsiMeetExternalApi) => true,
  /** The visitor has left, was removed, or the conference has ended. */
  onReadyToClose: () => true,
  /** The element around the meeting, for its size and its looks. */
  getIframeRefOnApiReady: (_parentNode: HTMLDivElement) => true,
};

const slots = Object as SlotsType<{ spinner?: () => unknown }>;

type Context = SetupContext<typeof emits, typeof slots>;

/** `read` is called anew when a prop has changed. */
function renderMeeting(read: () => IJitsiMeetingProps, { emit, slots: given }: Context): () => VNode {
  const around = shallowRef<HTMLDivElement>();
  const element = shallowRef<JitsiMeetingElement>();
  const teller = new Teller();
  let target: Target | undefined;
  let hasFrame = false;
  const hear = (event: Event): void =>
    teller.hear(event, {
      apiReady(api) {
        hasFrame = true;
        emit('onApiReady', api);
        if (around.value) emit('getIframeRefOnApiReady', around.value);
      },
      readyToClose: () => emit('onReadyToClose'),
    });

  watchEffect(
    () => {
      const { domain = defaultDomain, roomName, jwt, width: _width, height: _height, ...own } = read();
      if (!target || !hasFrame) target = targetOf(domain, roomName);
      if (element.value) Object.assign(element.value, own, target, { token: jwt, loading: 'eager' });
    },
    { flush: 'post' },
  );

  return () => {
    const { width, height } = read();
    // The browser makes an element of a server's markup before its properties are set, so it waits (`manual`).
    return h('div', { ref: around }, [
      h(
        'jitsi-meeting',
        {
          ref: element,
          loading: 'manual',
          style: { width: cssLength(width), height: cssLength(height) },
          'onMeeting-state-change': hear,
          'on:browserSupport': hear,
          onReady: hear,
        },
        given.spinner && [h('div', { slot: 'loading' }, [given.spinner() as VNode[]])],
      ),
    ]);
  };
}

/** A meeting, with the props, events and the slot of `@jitsi/vue-sdk`, run by `<jitsi-meeting>`. */
export const JitsiMeeting = defineComponent({
  name: 'JitsiMeeting',
  props: { ...shared, domain: { type: String, default: defaultDomain } },
  emits,
  slots,
  setup: (props, context) => renderMeeting(() => props, context),
});

/** A meeting at JaaS, with the props, events and the slot of `@jitsi/vue-sdk`. */
export const JaaSMeeting = defineComponent({
  name: 'JaaSMeeting',
  props: { ...shared, appId: { type: String, required: true }, useStaging: { type: Boolean, default: true } },
  emits,
  slots,
  setup: (props, context) =>
    renderMeeting(() => {
      const { appId, useStaging, roomName, ...others } = props;
      return { ...others, ...jaasMeeting({ appId, useStaging, roomName }) };
    }, context),
});

/** Vue's plugin: `app.use(...)` makes both components known in every template. */
export default function install(app: App): void {
  app.component('JitsiMeeting', JitsiMeeting).component('JaaSMeeting', JaaSMeeting);
}
