import { JitsiMeeting } from '@jitsi/vue-sdk';
import { createApp, h, onMounted, ref } from 'vue';

const { domain, room, joined, fetchToken } = window.bench;

const onApiReady = (api) => api.addListener('videoConferenceJoined', joined);

// As with the SDK for React.
createApp({
  setup() {
    const token = ref();
    onMounted(async () => (token.value = await fetchToken()));
    return () => token.value && h(JitsiMeeting, { domain, roomName: room, jwt: token.value, onOnApiReady: onApiReady });
  },
}).mount('#meeting');
