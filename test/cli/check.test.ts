import { describe, expect, it } from 'vitest';
import { cli, env, meeting } from './run.js';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function token(...args: string[]): Promise<string> {
  return (await cli(['token', ...meeting, ...args], { env })).out.trim();
}

describe('check', () => {
  it('says yes (0) to a token that the deployment takes', async () => {
    const { code, out } = await cli(['check', await token(), ...meeting], { env });
    expect(out).toMatch(/Connecting: yes\nJoining: {4}yes/);
    expect(code).toBe(0);
  });

  it('says no (1), why, and what to do', async () => {
    const elsewhere = await cli(['check', await token(), '--domain', 'meet.example.org', '--room', 'board'], { env });
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.out).toMatch(/ERROR room-other\n {2}claim {6}room\n {2}found {6}"my%20room"/);
    const expired = await cli(['check', await token(), ...meeting], { env, now: Date.now() + 2 * 3_600_000 });
    expect(expired.code).toBe(1);
    expect(expired.out).toMatch(/exp/);
  });

  it('says that it can’t tell (2) without the secret', async () => {
    const { code } = await cli(['check', await token(), ...meeting], { env: { JWT_APP_ID: 'my_app' } });
    expect(code).toBe(2);
  });

  it('reads a link, in query or fragment, and standard input', async () => {
    const jwt = await token();
    for (const link of [
      `https://meet.example.org/My%20Room?jwt=${jwt}`,
      `https://meet.example.org/My%20Room#jwt="${jwt}"`,
      `https://meet.example.org/My%20Room#config.a=1&jwt=%22${jwt}%22`,
    ]) {
      expect((await cli(['check', link], { env })).code, link).toBe(0);
      expect((await cli(['check', '-'], { env, input: `${link}\n` })).code, link).toBe(0);
    }
  });

  it('gives the preflight as it is with --json', async () => {
    const { out } = await cli(['check', await token(), ...meeting, '--json'], { env });
    expect(JSON.parse(out)).toMatchObject({ connect: 'accepted', join: 'accepted' });
  });

  it('never shows token or secret', async () => {
    const jwt = await token();
    for (const args of [
      ['check', jwt, ...meeting],
      ['check', jwt, ...meeting, '--json'],
      ['check', `${jwt}x`, ...meeting],
    ]) {
      const { out, err } = await cli(args, { env });
      expect(out + err).not.toContain(jwt.split('.')[2]);
      expect(out + err).not.toContain(env.JWT_APP_SECRET);
    }
  });

  it('shows a claim without obeying it', async () => {
    const claims = { room: '\u001b[2J\u0007', iss: 'my_app' };
    const odd = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.AAAA`;
    const { code, out } = await cli(['check', odd, ...meeting], { env: { JWT_APP_ID: 'my_app' } });
    expect(code).toBe(1);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it.each([
    ['nothing', ['check'], /Give a token/],
    ['no room', ['check', 'a.b.c', '--domain', 'meet.example.org'], /--domain and --room/],
    ['an unknown preset', ['check', 'a.b.c', ...meeting, '--preset', 'heroku'], /self-hosted, docker or jaas/],
    ['a file that is not there', ['check', 'a.b.c', ...meeting, '--env-file', '/no/such/file'], /can’t be read/],
  ])('says what is wrong with %s', async (_, args, sentence) => {
    const { code, err } = await cli(args, { env });
    expect(code).toBe(64);
    expect(err).toMatch(sentence);
  });
});
