import type { JitsiMeetingElement } from '../src/index.js';
import type { Person } from './api.js';

/** A meeting on this page, and the person that it asks tokens for. */
export interface Seat {
  title: string;
  meeting: JitsiMeetingElement;
  /** `null`: nobody is signed in. */
  person: Person | null;
}

export const groupOf = ({ groups }: Person): string => groups[0]?.replace(/s$/, '') ?? 'no group';

/** Several of the demo's people can be signed in on one browser, so a request says which of them asks. */
export const tokenUrlOf = (person: Person | null, people: readonly Person[]): string =>
  person === null && people.length > 0
    ? 'api/token?as=nobody'
    : people.some(({ id }) => id === person?.id)
      ? `api/token?as=${person!.id}`
      : 'api/token';

export const isActive = ({ state }: JitsiMeetingElement): boolean => !['idle', 'ended', 'failed'].includes(state);

const key = 'person';

/**
 * Who this tab starts as: the person in the address (`?as=grace`), the person who has just come from the sign-in page,
 * the tab's own from before, the browser's last, and else the first, who is a moderator.
 */
export function firstPerson(people: readonly Person[], me: Person | null): Person | null {
  const byId = (id: string | null): Person | undefined => people.find((one) => one.id === id);
  const cameFromSignIn = /\/api\/sign-in(?:\?|$)/.test(document.referrer);
  const own = cameFromSignIn ? undefined : byId(sessionStorage.getItem(key));
  return byId(new URLSearchParams(location.search).get('as')) ?? own ?? me ?? people[0] ?? null;
}

export function keepPerson(person: Person | null): void {
  if (person) sessionStorage.setItem(key, person.id);
  else sessionStorage.removeItem(key);
}
