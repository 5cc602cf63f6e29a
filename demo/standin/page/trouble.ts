import { tellLobby, tellNotBegun, tellPasswordRequired, tellRoomFull } from './errors.js';
import type { View } from './view.js';

/** What may keep a person out, as the demo's page asks for it. */
export const troubles = ['lobby', 'password', 'room-full', 'not-begun', 'camera-blocked'] as const;

export type Trouble = (typeof troubles)[number];

/** What the page around the frame tells the stand-in to do in a running meeting, by `postMessage({standin: ...})`. */
export const orders = ['kick', 'end', 'cut', 'let-in'] as const;

export type Order = (typeof orders)[number];

/** Listens to the page around the frame, if it is of this origin. */
export function onOrder(obey: (order: Order) => void): void {
  window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== window.parent || origin !== location.origin) return;
    const { standin } = (data ?? {}) as { standin?: unknown };
    const order = orders.find((one) => one === standin);
    if (order) obey(order);
  });
}

/**
 * Stops a person at the door, in the words of the real app.
 *
 * @returns whether the person may go in later: when someone lets them in, or with a password
 */
export function stopAtTheDoor(
  trouble: Exclude<Trouble, 'camera-blocked'>,
  view: View,
  tryPassword: (password: string) => void,
): boolean {
  switch (trouble) {
    case 'lobby':
      tellLobby();
      view.showDialog('Asking to join the meeting …', 'You can join as soon as a moderator lets you in.');
      return true;
    case 'password':
      tellPasswordRequired();
      view.askPassword(false, tryPassword);
      return true;
    case 'room-full':
      tellRoomFull();
      view.showDialog('You can’t join this meeting', 'It has as many people as it can hold.');
      return false;
    case 'not-begun':
      tellNotBegun();
      view.showDialog('You can’t join this meeting', 'It has not begun.');
      return false;
  }
}
