import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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

describe('docs/guides/operations.md', () => {
  const guide = readFileSync('docs/guides/operations.md', 'utf8');
  const names = (text: string, pattern: RegExp): string[] =>
    [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort();
  const sources = readdirSync('server/src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(`server/src/${path}`, 'utf8'))
    .join('\n');

  it('names every metric of the server, and no other', () => {
    const metrics = names(readFileSync('server/src/metrics.ts', 'utf8'), /name: '(jitsi_server_\w+)'/g);
    expect(metrics.length).toBeGreaterThan(5);
    expect(names(guide, /`(jitsi_server_\w+)/g)).toEqual(metrics);
  });

  it('names every event that is logged as a warning or an error', () => {
    const [, table = ''] = guide.split('| `event` ');
    const named = names(table.split('\n\n')[0]!, /`([a-z-]+)`/g);
    const serious = names(sources, /log\s*\.?\s*(?:error|warn)\(\{\s*event: '([a-z-]+)'/g);
    expect(serious.length).toBeGreaterThan(7);
    expect(named.filter((name) => serious.includes(name))).toEqual(serious);
  });

  it('names settings that there are', () => {
    const settings = names(guide, /`([A-Z]+_[A-Z_]+)`/g);
    expect(settings.filter((name) => !sources.includes(name) && name !== 'KEYS_FILE')).toEqual([]);
    expect(settings.length).toBeGreaterThan(6);
  });
});
