import { describe, expect, it } from 'vitest';
import { personFrom, type PersonOptions } from '../src/person.js';

describe('the groups of a person', () => {
  it.each<[string, object, PersonOptions, string[]]>([
    ['groups', { groups: ['board'] }, {}, ['board']],
    ['groups, as one text', { groups: 'board' }, {}, ['board']],
    ['roles, as Entra ID has them', { roles: ['Board.All'] }, {}, ['Board.All']],
    ['realm_access.roles, as Keycloak has them', { realm_access: { roles: ['board'] } }, {}, ['board']],
    [
      'all three, each once',
      { groups: ['a', 'b'], roles: ['b', 'c'], realm_access: { roles: ['c', 'd'] } },
      {},
      ['a', 'b', 'c', 'd'],
    ],
    [
      'a named claim, and then no other place',
      { 'https://example.org/teams': ['board'], groups: ['staff'], roles: ['admin'] },
      { groupsClaim: 'https://example.org/teams' },
      ['board'],
    ],
    [
      'a named claim at the end of a path',
      { resource_access: { meetings: { roles: ['board'] } }, groups: ['staff'] },
      { groupsClaim: 'resource_access.meetings.roles' },
      ['board'],
    ],
    [
      'a path with a client id that has dots',
      { resource_access: { 'meet.example.org': { roles: ['board'] } } },
      { groupsClaim: 'resource_access.meet.example.org.roles' },
      ['board'],
    ],
    ['numbers, as their text', { groups: [7, true] }, {}, ['7', 'true']],
    ['nothing that is not a text', { groups: [null, { name: 'board' }, ['board'], ''] }, {}, []],
    ['nothing inherited', { groups: undefined }, { groupsClaim: 'constructor.name' }, []],
    ['nothing at all', {}, {}, []],
  ])('come from %s', (_name, claims, options, groups) => {
    expect(personFrom({ sub: 'ada', ...claims }, options).groups).toEqual(groups);
  });
});

describe('a mail address', () => {
  it.each<[string, object, PersonOptions, string | undefined]>([
    ['counts when the provider calls it verified', { email_verified: true }, {}, 'ada@example.org'],
    ['does not count otherwise', {}, {}, undefined],
    ['does not count when that is a text', { email_verified: 'true' }, {}, undefined],
    ['counts where all are trusted', {}, { trustEmail: true }, 'ada@example.org'],
    ['does not count with a second @', { email: 'a@b@example.org' }, { trustEmail: true }, undefined],
  ])('%s', (_name, claims, options, email) => {
    expect(personFrom({ sub: 'ada', email: 'Ada@Example.org', ...claims }, options).email).toBe(email);
  });
});

it.each([undefined, '', 4711, 'x'.repeat(256)])('there is nobody without a usable sub: %j', (sub) => {
  expect(() => personFrom({ sub, groups: ['board'] })).toThrow(TypeError);
});
