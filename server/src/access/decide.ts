import type { Person } from '../person.js';
import { matches } from './glob.js';
import type { Rule, RuleGrant } from './read.js';

/** Room and tenant as the token endpoint gives them: in Jitsi's spelling. */
export interface Place {
  room: string;
  tenant: string | null;
}

/** The first rule that is for this person and this room; `grant` is null where it refuses. */
export interface Decision {
  rule: Rule;
  grant: RuleGrant | null;
}

/** Null: no rule, and so no token. */
export function decide(rules: readonly Rule[], person: Person, place: Place): Decision | null {
  for (const rule of rules) {
    if (isFor(rule, person) && isAbout(rule, place)) return { rule, grant: rule.grant };
  }
  return null;
}

/** Whether the rule is about the room. */
export function isAbout({ rooms, tenants }: Rule, { room, tenant }: Place): boolean {
  if ((tenants === null) !== (tenant === null)) return false;
  if (tenants !== null && !tenants.some((glob) => matches(glob, tenant!))) return false;
  return rooms.some((glob) => matches(glob, room));
}

/** Whether the rule is for the person: all that it names holds. */
export function isFor({ who }: Rule, person: Person): boolean {
  if (who.everyone) return true;
  const { groups, people, domains, claims } = who;
  if (groups && !person.groups.some((group) => groups.has(group))) return false;
  if (people && !people.has(person.id.includes('@') ? '' : person.id) && !people.has(person.email ?? '')) return false;
  if (domains && !(person.email !== undefined && domains.has(person.email.slice(person.email.lastIndexOf('@') + 1)))) {
    return false;
  }
  const namesSomebody = groups ?? people ?? domains ?? claims[0];
  return (
    Boolean(namesSomebody) && claims.every(([name, values]) => claimOf(person, name).some((value) => values.has(value)))
  );
}

const claimOf = ({ claims }: Person, name: string): readonly string[] =>
  Object.hasOwn(claims, name) ? claims[name]! : [];
