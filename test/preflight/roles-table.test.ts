// The table "Who is moderator, and why" of docs/guides/roles-and-lobby.md, held against what a real server gave.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { preflight } from '../../src/preflight/index.js';
import { type RecordedCase, type RecordedPolicy, readRecording } from '../support/prosody-verdicts.js';
import { unsignedToken } from '../support/jwt.js';

const { policies, cases } = readRecording('2026-07');
const columns = ['asks', 'other', 'none', 'guest'] as const;
type Column = (typeof columns)[number];

/** Modules and options of the table's rows, as their first cells name them. */
function pluginsOf({ muc_modules = [], muc_options = {} }: RecordedPolicy): string[] {
  const usual = ['muc_hide_all', 'muc_password_whitelist', 'muc_resource_validate'];
  const option = muc_options.wait_for_host_disable_auto_owners ? ['wait_for_host_disable_auto_owners'] : [];
  return [...muc_modules.filter((name) => !usual.includes(name)), ...option].sort();
}

interface User {
  moderator?: unknown;
  affiliation?: unknown;
}

const asks = ({ moderator, affiliation }: User): boolean =>
  moderator === true || moderator === 'true' || ['owner', 'moderator', 'teacher'].includes(affiliation as string);

function columnOf({ token, request }: RecordedCase, { domain }: RecordedPolicy): Column {
  if (token === null) return request.xmpp_domain === domain ? 'none' : 'guest';
  const { context } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
    context?: { user?: User };
  };
  return asks(context?.user ?? {}) ? 'asks' : 'other';
}

/** What the case came to, in the table's words. */
function wordOf({ role, verdict }: RecordedCase): string {
  if (role) return role.role;
  return verdict.join?.condition === 'registration-required' ? 'waits' : 'refused';
}

const guide = readFileSync('docs/guides/roles-and-lobby.md', 'utf8');
const [, section = ''] = guide.split('## Who is moderator, and why\n');
const rows = section
  .split('\n\n')
  .find((block) => block.startsWith('|'))!
  .split('\n')
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, first = '', ...cells]) => ({
    plugins: [...first.matchAll(/`(\w+)`/g)].map(([, name]) => name!).sort(),
    words: Object.fromEntries(columns.map((column, index) => [column, cells[index]!])) as Record<Column, string>,
  }));

/** What the plugins' rules say where nothing was recorded. */
async function byRules(plugins: string[], column: Column): Promise<string> {
  const domain = 'meet.example.com';
  const user = column === 'asks' ? { moderator: true } : {};
  const token = ['none', 'guest'].includes(column)
    ? null
    : unsignedToken({ iss: 'a', aud: 'a', room: 'r', sub: domain, context: { user } });
  const { role, lobby } = await preflight(
    token,
    { appId: 'a', xmppDomain: domain, guestDomain: `guest.${domain}`, allowEmptyToken: true, plugins },
    { room: 'r', xmppDomain: column === 'guest' ? `guest.${domain}` : domain },
  );
  return role ?? (lobby === 'host' ? 'waits' : 'refused');
}

describe('the table of roles', () => {
  const recorded = Object.entries(policies).filter(([name]) => name.startsWith('roles-'));

  it('has a row for every setting that was recorded, and no other', () => {
    const names = (list: string[][]): string[] => list.map((plugins) => plugins.join(' ')).sort();
    expect(names(rows.map(({ plugins }) => plugins))).toEqual(names(recorded.map(([, policy]) => pluginsOf(policy))));
    expect(rows.length).toBeGreaterThan(8);
  });

  it.each(rows.map((row) => [row.plugins.join(', ') || 'none of them', row] as const))(
    'says what came of it: %s',
    async (_, { plugins, words }) => {
      const [name, policy] = recorded.find(([, each]) => pluginsOf(each).join() === plugins.join())!;
      // A person who came before changes what the next one gets; the table is about the first.
      const alone = cases.filter((each) => each.group === 'roles' && each.policy === name && !each.setup);
      for (const column of columns) {
        const found = new Set(alone.filter((each) => columnOf(each, policy) === column).map(wordOf));
        const [word] = found;
        expect(found.size, `${name}, ${column}`).toBeLessThan(2);
        expect(words[column], column).toBe(word ?? `${await byRules(plugins, column)} *`);
      }
    },
  );
});
