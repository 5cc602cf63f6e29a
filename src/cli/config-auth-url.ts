import { UsageError } from './io.js';

/** What Jitsi's getTokenAuthUrl fills in, each once. */
const placeholders = ['{room}', '{state}', '{code_challenge}'];

const advice = 'Take https://HOST/PATH?state={state}: the state carries any room, the tenant and the settings.';

/**
 * The address for `tokenAuthUrl`, with `{state}` put in where it is missing: without it, people would not come back to
 * the room that they came from, or to another tenant's. Jitsi puts `{room}` in as it stands in the meeting's address, so
 * it may be in the path only: in a query `&`, `+` and `#` would end it, and in a host it would choose the server.
 */
export function checkedAuthUrl(given: string): string {
  if (!/^https:\/\/[^\s'"\\`\p{C}]+$/u.test(given)) throw refused('must be an https address');
  const found = given.match(/\{[^{}]*\}|[{}]/g) ?? [];
  const unknown = found.find((each) => !placeholders.includes(each));
  if (unknown !== undefined) {
    throw refused(
      `has ${unknown.length > 1 ? unknown : 'a brace'}, which Jitsi does not fill in; expected of ${placeholders.join(', ')}`,
    );
  }
  if (new Set(found).size < found.length) throw refused('has a placeholder twice, and Jitsi fills in only the first');
  if (given.includes('#')) throw refused('has a part behind #, which browsers send to no server');

  const [path, query] = given.split(/\?([^]*)/) as [string, string?];
  const [, authority, folders = ''] = /^https:\/\/([^/]*)(.*)$/.exec(path)!;
  if (authority!.includes('@')) throw refused('has an account before its host');
  if (!/^[a-z0-9.[\]:-]+$/i.test(authority!) || !URL.canParse(`https://${authority}`)) {
    throw refused(`has the host ${JSON.stringify(authority)}; expected a host name, without a placeholder`);
  }
  for (const name of ['{state}', '{code_challenge}']) {
    if (folders.includes(name)) throw refused(`has ${name} in its path; expected in its query`);
  }
  if (query?.includes('{room}')) throw refused('has {room} in its query, where Jitsi puts it in unencoded');
  if (folders.includes('{room}') && !folders.endsWith('/{room}'))
    throw refused('has {room}, but not as the last part of its path');
  if (query?.includes('{state}')) {
    if (!/(^|&)state=\{state\}(&|$)/.test(query)) throw refused('has {state}, but not as state={state}');
    return given;
  }
  return `${given}${query === undefined ? '?' : query === '' ? '' : '&'}state={state}`;
}

function refused(problem: string): UsageError {
  return new UsageError(`--token-auth-url ${problem}. ${advice}`);
}
