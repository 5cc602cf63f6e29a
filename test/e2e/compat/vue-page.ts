// A page as written for `@jitsi/vue-sdk`, with the import changed.
import { createApp, defineComponent, h, ref, resolveComponent } from 'vue';
import install from '../../../src/compat/vue-sdk/index.js';
import type { IJitsiMeetExternalApi } from '../../../src/compat/vue-sdk/index.js';
import { component, props, roomOf, seen } from './seen.js';

const Sample = defineComponent({
  setup() {
    const renders = ref(0);
    const there = ref(true);
    return () => [
      h('button', { onClick: () => renders.value++ }, 'Render'),
      h('button', { onClick: () => (there.value = false) }, 'Remove'),
      there.value &&
        h(
          resolveComponent(component),
          {
            ...props,
            roomName: roomOf(renders.value),
            onOnApiReady: (api: IJitsiMeetExternalApi) => {
              seen.apis++;
              Object.assign(window, { api });
              api.on('videoConferenceJoined', () => seen.joins++);
            },
            onOnReadyToClose: () => seen.closed++,
            onGetIframeRefOnApiReady: (node: HTMLDivElement) => void seen.around.push(node),
          },
          { spinner: () => h('p', 'Just a moment') },
        ),
    ];
  },
});

createApp(Sample).use(install).mount('#root');
