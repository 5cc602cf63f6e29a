import type { Authorization } from '../../src/server/index.js';

/** Roles come from groups, as an identity provider would name them. */
export type Group = 'moderators' | 'members' | 'guests';

/** Of the demo, or whom an identity provider has vouched for: then the groups are the provider's. */
export interface Person {
  id: string;
  name: string;
  email?: string;
  groups: readonly string[];
}

const isGroup = (name: string): name is Group => name === 'moderators' || name === 'members' || name === 'guests';

/** A person who is in no group of the demo is a guest. */
export function groupsOf({ groups }: Person): readonly Group[] {
  const known = groups.filter(isGroup);
  return known.length > 0 ? known : ['guests'];
}

/** Who can sign in to the demo. */
export const people: readonly Person[] = [
  { id: 'ada', name: 'Ada Lovelace', email: 'ada@example.org', groups: ['moderators', 'members'] },
  { id: 'grace', name: 'Grace Hopper', email: 'grace@example.org', groups: ['members'] },
  { id: 'gus', name: 'Gus Guest', groups: ['guests'] },
];

/** The room that guests may enter. */
export const publicRoom = 'lobby-bar';

/** Where the demo's people sign in: never beside a provider that knows real ones. */
export type SignInOfPeople = 'anywhere' | 'on this machine' | 'nowhere';

export const rooms: readonly string[] = ['team-meeting', publicRoom, 'board'];

/**
 * The rights of a person in a room; `null`: they may not enter. Room and tenant are as the token endpoint gives them. A
 * room in a tenant is another room than the one without, and the public room is public only without a tenant.
 */
export function rightsOf(person: Person, room: string, tenant: string | null): Authorization | null {
  const { id, name, email } = person;
  const groups = groupsOf(person);
  const user = { id, name, ...(email !== undefined && { email }) };
  if (groups.includes('moderators')) return { user, role: 'moderator' };
  if (groups.includes('members')) return { user, role: 'participant' };
  return room === publicRoom && tenant === null ? { user, role: 'participant' } : null;
}
