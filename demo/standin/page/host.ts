import { API_ID } from 'jitsi-sdk/modules/API/constants.js';
import { getJitsiMeetTransport } from 'jitsi-sdk/modules/transport/index.js';

/** The page around this frame, reached through Jitsi's own transport; none when this page was opened by itself. */
const transport = API_ID === undefined ? undefined : getJitsiMeetTransport();

let muted = false;

/** Reports an event by its documented name. What Jitsi's table doesn't name goes out as the real app writes it. */
export function tell(event: string, payload: object = {}): void {
  if (muted) return;
  const name = INNER_EVENT_NAMES[event] ?? event.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  transport?.sendEvent({ ...payload, name });
}

/** From now on the host hears nothing, as from a frame that crashed. */
export function fallSilent(): void {
  muted = true;
}

type Commands = Record<string, ((...args: never[]) => void) | undefined>;

/** Listens to commands by their documented names. The others are swallowed, as far as Jitsi knows them. */
export function obey(commands: Commands): void {
  transport?.on('event', ({ name, data = [] }) => {
    const command = COMMAND_NAMES[name ?? ''];
    if (command === undefined) return false;
    commands[command]?.(...(data as never[]));
    return true;
  });
}

/** Answers requests by their inner names; those not listed here are never answered, as in the real app. */
export function answer(requests: Record<string, () => unknown>): void {
  transport?.on('request', ({ name }, reply) => {
    const request = requests[name];
    if (request) reply(request());
    return request !== undefined;
  });
}
