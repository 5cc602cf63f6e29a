import { getJitsiMeetTransport } from 'jitsi-sdk/modules/transport/index.js';

/**
 * What the test sends, and what it gets: messages of the transport as they are, the inner `name` included. A question is
 * answered with what arrived, until the page is told to be silent.
 */
export type EchoMessage =
  { say: { name: string } & Record<string, unknown> } | { heard: { name: string; data: unknown[] } } | { silent: true };

const transport = getJitsiMeetTransport();

transport.on('event', (event) => {
  parent.postMessage({ heard: event }, '*');
  return true;
});

let silent = false;
transport.on('request', (request, answer) => {
  if (!silent) answer({ heard: request });
  return true;
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data !== 'object' || data === null) return;
  if ('say' in data) transport.sendEvent(data.say as object);
  if ('silent' in data) silent = true;
});

transport.sendEvent({ name: 'browser-support', supported: true });
transport.sendEvent({ name: 'ready' });
