import type { PreflightRequest } from '../preflight/index.js';
import { UsageError } from './io.js';
import { optionsOf, type Parsed, type Setting, valuesOf } from './setting.js';

/** Where somebody wants to go; check.ts has options of its own for it. */
type Place = 'room' | 'tenant' | 'xmppDomain';

/** What is so in the room, but its password and the time; `tsc` names the one that is missing. */
const state = {
  roomExists: { yes: 'room-exists', no: 'no-room-exists' },
  lobby: { yes: 'lobby', no: 'no-lobby' },
  displayName: { text: 'display-name', none: 'no-display-name' },
  occupants: { count: 'occupants' },
  unauthenticatedAccess: { yes: 'unauthenticated-access', no: 'no-unauthenticated-access' },
} as const satisfies Record<Exclude<keyof PreflightRequest, Place | 'roomPassword' | 'password' | 'now'>, Setting>;

export const roomOptions = { ...optionsOf(state), password: { type: 'string' }, at: { type: 'string' } } as const;

export const stateNames = Object.keys(state);

/** What the command line says of the room, of the person before it, and of the time. */
export function roomStateFrom(values: Parsed, now: number): Partial<PreflightRequest> {
  return {
    ...valuesOf(state, values),
    ...passwords(values['password'] as string | undefined),
    now: timeFrom(values['at'] as string | undefined, now),
  };
}

/** No verdict depends on the password itself, so it need not be typed. */
function passwords(given: string | undefined): Partial<PreflightRequest> {
  switch (given) {
    case undefined:
      return {};
    case 'right':
      return { roomPassword: 'room', password: 'room' };
    case 'wrong':
      return { roomPassword: 'room', password: 'other' };
    case 'missing':
      return { roomPassword: 'room', password: null };
    case 'none':
      return { roomPassword: null };
    default:
      // What was typed may be the password.
      throw new UsageError(
        '--password says right, wrong, missing (the room has one) or none (it has none), not the password.',
      );
  }
}

/** With its time zone, as the same text would be another time elsewhere. */
function timeFrom(given: string | undefined, now: number): Date {
  if (given === undefined) return new Date(now);
  const time = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(time))
    throw new UsageError(`--at is ${JSON.stringify(given)}; expected something like 2026-11-26T09:00Z.`);
  return new Date(time);
}
