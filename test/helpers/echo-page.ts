import { getJitsiMeetTransport } from 'jitsi-sdk/modules/transport/index.js';

/** What the test sends, and what it gets: messages of the transport as they are, the inner `name` included. */
export type EchoMessage =
  { say: { name: string } & Record<string, unknown> } | { heard: { name: string; data: unknown[] } };

const transport = getJitsiMeetTransport();

transport.on('event', (event) => {
  parent.postMessage({ heard: event }, '*');
  return true;
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'object' && data !== null && 'say' in data) transport.sendEvent(data.say as object);
});

transport.sendEvent({ name: 'browser-support', supported: true });
transport.sendEvent({ name: 'ready' });
