import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decide } from '../src/access/decide.js';
import { readRules } from '../src/access/read.js';
import { personFrom } from '../src/person.js';

it('the rules in docs/guides/token-server.md say what stands beside them', () => {
  const guide = readFileSync('docs/guides/token-server.md', 'utf8');
  const [, yaml = ''] = /<!-- snippet: access\.yaml -->\n+```yaml\n([^]*?)\n```/.exec(guide) ?? [];
  const { list } = readRules(yaml);
  const ruleFor = (groups: string[], room: string): string | undefined => {
    const claims = { sub: 'u1', email: 'ada@example.org', email_verified: true, groups };
    return decide(list, personFrom(claims, { claimNames: [] }), { room, tenant: null })?.rule.name;
  };
  expect(ruleFor(['board'], 'board')).toBe('The board');
  expect(ruleFor(['board', 'former'], 'board')).toBe('People who left');
  expect(ruleFor([], 'team%20red')).toBe('Everybody of ours');
  expect(ruleFor([], 'board')).toBeUndefined();
});
