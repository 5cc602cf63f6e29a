import { describe, expect, it } from 'vitest';
import { withTokenSettings } from '../../src/cli/apply/lua.js';

const change = {
  settings: { authentication: '"token"', app_id: '"new"' },
  gone: ['app_secret'],
  modules: [],
  rooms: { settings: { wait: 'true' }, modules: ['token_verification'] },
};
const after = (content: string): string => withTokenSettings(content, 'a.example', change);

/** A file with these lines in the two blocks. */
const file = (host: string, rooms: string): string =>
  `VirtualHost "a.example"\n${host}\nComponent "conference.a.example" "muc"\n${rooms}\n`;
const host = 'authentication = "x"';
const newHost = 'authentication = "token"\napp_id = "new"';
const rooms = 'wait = true\nmodules_enabled = { "token_verification"; }';

describe('modules in Lua', () => {
  const list = (before: string): string => after(file(host, `wait = true\n${before}`)).split('wait = true\n')[1]!;
  it.each([
    ['one that is on', 'modules_enabled = {\n "a";\n "token_verification"\n}'],
    ['one in a line with others', "modules_enabled = { 'a', 'token_verification', 'b' };"],
  ])('leave %s alone', (_, lines) => expect(list(lines)).toBe(`${lines}\n`));

  it.each([
    ['only another setting names it', 'x = { "token_verification" }\nmodules_enabled = { "a" }'],
    ['the list is empty', 'modules_enabled = {}'],
    ['an item without ; stands before its comment', 'modules_enabled = {\n "a"\n --"token_verification";\n}'],
    [
      'it stands in a list in comments',
      '--modules_enabled = {\n--  "b";\n--  "token_verification";\n--}\nmodules_enabled = { "a" }',
    ],
    ['a comment behind the list names it', 'modules_enabled = {\n "a";\n}\n--"token_verification";'],
  ])('begin with one where %s', (_, lines) =>
    expect(list(lines)).toBe(
      `${lines.replace(/^modules_enabled = \{/m, 'modules_enabled = { "token_verification";')}\n`,
    ),
  );

  it.each([
    ['first', 'modules_enabled = {\n --"token_verification",\n "a"\n}'],
    ['after an item', 'modules_enabled = {\n "a", -- why\n\n -- "token_verification" -- checks\n}'],
    ['last', 'modules_enabled = { "a";\n --"token_verification"\n}'],
  ])('get one out of its comment, %s', (_, lines) =>
    expect(list(lines)).toBe(`${lines.replace(/-- ?"token_verification".*/, '"token_verification";')}\n`),
  );

  it.each([
    [
      'is switched off',
      'modules_disabled = {\n "token_verification" }\nmodules_enabled = {}',
      'Line 5 begins modules_d',
    ],
    ['is set twice', 'modules_enabled = {}\nmodules_enabled = { "a" }', 'Line 6 has modules_enabled a second time'],
    ['is a variable', 'modules_enabled = mine', 'Line 5 has modules_enabled in another shape'],
    ['begins in the next line', 'modules_enabled =\n{ "a" }', 'Line 5 has modules_enabled in another shape'],
    [
      'has lists in it',
      'modules_enabled = { { "token_verification" } }',
      'Line 5 has modules_enabled in another shape',
    ],
    ['is all in comments', '--modules_enabled = {\n--"token_verification";\n--}', 'has no modules_enabled'],
  ])('are for a person where the list %s', (_, lines, expected) => expect(() => list(lines)).toThrow(expected));
});

describe('blocks in Lua', () => {
  it.each(['  VirtualHost "b.example"', "VirtualHost('b.example')", 'Host "b.example";', '\tComponent "b.example"'])(
    'end where another one begins: %s',
    (title) => {
      const rest = `${title}\n  authentication = "theirs"\n  app_id = "theirs"\n`;
      expect(after(`${rest}${file(`${host}\n${rest}`, rooms)}`)).toBe(`${rest}${file(`${newHost}\n${rest}`, rooms)}`);
    },
  );

  it.each(["VirtualHost 'a.example'", '  VirtualHost ( "a.example" );', 'VirtualHost "a.example" -- mine'])(
    'are found as Lua has them: %s',
    (title) => {
      const written = (lines: string): string => file(lines, rooms).replace('VirtualHost "a.example"', title);
      expect(after(written(host))).toBe(written(newHost));
      expect(() => after(`${written(host)}${title}\n`)).toThrow('The file has 2 blocks VirtualHost "a.example"');
    },
  );

  it('may be of a host with -- in its name', () => {
    const name = 'xn--bcher-kva.example';
    const content = file(host, rooms).replaceAll('a.example', name);
    expect(withTokenSettings(content, name, change)).toBe(file(newHost, rooms).replaceAll('a.example', name));
  });

  it.each([
    ['a condition', 'if x then\n  app_id = "a"\nend', 'Line 3 is more than a list'],
    ['another block in the same line', 'x = 1; Component "b"', 'Line 3 is more than a list'],
    ['a text of several lines', 'x = [[\n]]', 'Line 3 begins a text of several lines'],
    ['a quote that nothing closes', 'x = "', 'Line 3 begins a text of several lines'],
    ['a block comment', 'x = 1 --[==[', 'Line 3 begins a block comment'],
    ['a bracket that nothing closes', 'x = {', 'Line 3 opens a bracket that nothing closes'],
    ['a bracket that nothing opened', 'x = 1 }', 'Line 3 closes a bracket that nothing opened'],
  ])('are for a person where they have %s', (_, lines, expected) =>
    expect(() => after(file(`${host}\n${lines}`, rooms))).toThrow(expected),
  );
});

describe('settings in Lua', () => {
  it.each([
    ['of a table', 'ssl = {\n  app_id = "x";\n  authentication = "y";\n}'],
    ['in prose', '-- app_id = the name of the app'],
    ['in texts', 'x = "app_secret = 1" -- not app_secret = 1'],
    ['in the middle of other names', 'my_app_id = 1'],
  ])('stay %s', (_, lines) =>
    expect(after(file(`${lines}\n${host}`, rooms))).toBe(file(`${lines}\n${newHost}`, rooms)),
  );

  it.each([
    'app_secret = "a"; -- mine',
    "app_secret='a\\'b'",
    'app_id = { "a"; b = 1 }',
    'app_id = os.getenv("X")',
    '--app_id="a"',
    '-- app_secret = "a" -- why',
    'app_id = 1\napp_id = 2',
  ])('go: %s', (lines) => expect(after(file(`${lines}\n${host}`, rooms))).toBe(file(newHost, rooms)));

  it.each([
    ['another statement in the line', 'app_id = "a"; storage = "memory"'],
    ['another one without ;', 'app_id = "a" storage = "memory"'],
    ['one before it', 'storage = "memory" app_id = "a"'],
    ['the end of a table before it', 'x = {\n} app_id = "a"'],
    ['a value in the next line', 'app_secret =\n  "a"'],
    ['a sign in the next line', 'app_secret\n  = "a"'],
    ['a value that goes on', 'app_secret = "a"\n  -- more\n  .. "b"'],
    ['another value', 'app_id = x or "a"'],
    ['a table of several lines', 'app_id = {\n}'],
  ])('are for a person where there is %s', (_, lines) => {
    const name = /app_\w+/.exec(lines)![0];
    const line = 2 + lines.split('\n').findIndex((text) => text.includes(name));
    expect(() => after(file(`${lines}\n${host}`, rooms))).toThrow(
      `Line ${line} has ${name}, but not as one setting in one line`,
    );
  });

  const list = 'modules_enabled = { "token_verification"; }';
  it.each([
    ['the active line', `--wait = false\nx = 1\n wait = 1;\n${list}`, `x = 1\n wait = true\n${list}`],
    ['the last of two', `wait = 1\n${list}\nwait = 2`, `${list}\nwait = true`],
    ['an example', `x = 1\n  -- wait = 1\n${list}`, `x = 1\n  wait = true\n${list}`],
    ['nothing', list, `    wait = true\n${list}`],
  ])('of the rooms are written in place of %s', (_, before, expected) =>
    expect(after(file(host, before))).toBe(file(newHost, expected)),
  );

  it('of the rooms that are not by themselves in a line are for a person', () =>
    expect(() => after(file(host, `x = 1; wait = 1\n${list}`))).toThrow('Line 4 has wait, but not as one setting'));
});
