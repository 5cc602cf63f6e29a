import type { Person } from '../person.js';
import { isAbout, isFor, type Place } from './decide.js';
import type { Rule, RuleGrant } from './read.js';

/** Which rule counts for a person and a room, and why none before it does. */
export function explain(rules: readonly Rule[], person: Person, place: Place): { granted: boolean; text: string } {
  const lines = [`${placeOf(place)}, ${describe(person)}`];
  for (const rule of rules) {
    const title = `  line ${rule.line}, ${JSON.stringify(rule.name)}:`;
    if (!isAbout(rule, place)) lines.push(`${title} not about this room`);
    else if (!isFor(rule, person)) lines.push(`${title} not for this person`);
    else {
      lines.push(
        `${title} counts`,
        rule.grant ? `Gets a token: ${rights(rule.grant)}.` : 'Gets no token: the rule refuses.',
      );
      return { granted: rule.grant !== null, text: lines.join('\n') };
    }
  }
  lines.push('Gets no token: no rule is for this person and this room.');
  return { granted: false, text: lines.join('\n') };
}

const placeOf = ({ room, tenant }: Place): string =>
  `Room ${JSON.stringify(room)}${tenant === null ? ' without tenant' : ` of the tenant ${JSON.stringify(tenant)}`}`;

function describe({ id, email, groups }: Person): string {
  const inGroups = groups.length > 0 ? `in ${groups.map((group) => JSON.stringify(group)).join(', ')}` : 'in no group';
  return `${JSON.stringify(id)} (${email === undefined ? 'no verified mail address' : JSON.stringify(email)}, ${inGroups})`;
}

function rights({ role, features, life, lobby, guests }: RuleGrant): string {
  const parts: string[] = [role, `for ${life} seconds`];
  if (features)
    parts.push(
      `features ${
        Object.entries(features)
          .map(([name, on]) => `${name} ${on ? 'on' : 'off'}`)
          .join(', ') || 'all off'
      }`,
    );
  if (lobby) parts.push(lobby === 'bypass' ? 'past the lobby' : 'into the lobby');
  if (guests) parts.push(`may make links for guests (${guests.role}, up to ${guests.uses} for one link)`);
  return parts.join('; ');
}
