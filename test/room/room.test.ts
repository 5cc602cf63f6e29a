import { describe, expect, it } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import {
  apiRoomName,
  buildMeetingUrl,
  normaliseRoom,
  parseDomain,
  parseMeetingUrl,
  roomName,
  unservedName,
} from '../../src/room/index.js';

describe('normaliseRoom gives the name that the room claim has to hold', () => {
  it.each([
    ['TestRoom', 'testroom'],
    ['My Room', 'my%20room'],
    ['My%20Room', 'my%20room'],
    ['Größe', 'gr%c3%b6%c3%9fe'],
    ['Ｒｏｏｍ１', 'room1'],
    ['Cafe\u0301', 'caf%c3%a9'],
    ['50%', '50%25'],
    ['a/b', 'a%2fb'],
    ['party🎉', 'party%f0%9f%8e%89'],
    ['lone\ud800', 'lone%ef%bf%bd'],
    ['', ''],
  ])('%j -> %s', (room, claim) => expect(normaliseRoom(room)).toBe(claim));

  it('keeps the name readable where nothing needs escaping', () => expect(roomName('My%20Größe')).toBe('my größe'));
});

describe('parseDomain takes a host, and says what is wrong with anything else', () => {
  it.each([
    ['meet.example.com', 'meet.example.com'],
    ['Meet.Example.Com', 'meet.example.com'],
    ['localhost:8443', 'localhost:8443'],
    ['meet.example.com:443', 'meet.example.com'],
    ['meet.example.com:', 'meet.example.com'],
    ['[::1]:8443', '[::1]:8443'],
    ['192.168.1.20', '192.168.1.20'],
    ['größe.example', 'xn--gre-6ka8i.example'],
  ])('%s', (value, domain) => expect(parseDomain(value)).toEqual({ domain }));

  it.each([
    ['', /missing/],
    ['https://meet.example.com', /with a scheme/],
    ['meet.example.com/room', /with a path/],
    ['meet.example.com\\room', /with a path/],
    ['meet.example.com?a=b', /with a query/],
    ['meet.example.com#x', /with a query or a fragment/],
    ['user:secret@meet.example.com', /user name or password/],
    [' meet.example.com', /white space/],
    ['meet.example.com\n', /white space/],
    ['javascript:alert(1)', /no host/],
    ['meet.example.com:99999', /no host/],
    ['meet%2fexample.com', /no host/],
    ['::1', /no host/],
  ])('%j', (value, problem) => expect(parseDomain(value).problem).toMatch(problem));

  it('quotes no password', () => expect(parseDomain('user:hunter2@meet.example.com').problem).not.toContain('hunter2'));
});

describe('buildMeetingUrl keeps any name one part of the path', () => {
  it.each([
    ['My Room', '/My%20Room'],
    ['My%20Room', '/My%20Room'],
    ['a#b;c', '/a%23b%3Bc'],
    ['100%', '/100%25'],
    ['logo.png', '/logo.png'],
    ['何時？', '/%E4%BD%95%E6%99%82%EF%BC%9F'],
    ['...', '/...'],
    ['a\\b', '/a%5Cb'],
    ['größe🎉', '/gr%C3%B6%C3%9Fe%F0%9F%8E%89'],
    ['what (is) *up*!', '/what%20%28is%29%20%2Aup%2A%21'],
  ])('%j', (room, path) =>
    expect(buildMeetingUrl({ domain: 'meet.example.com', room })).toBe(`https://meet.example.com${path}`),
  );

  it('puts the tenant before the room', () =>
    expect(buildMeetingUrl({ domain: 'd.example', tenant: 'Team A', room: 'x' })).toBe('https://d.example/Team%20A/x'));

  it('puts a token where each release of Jitsi looks for it', () =>
    expect(buildMeetingUrl({ domain: 'd.example', room: 'x', jwt: 'a.b.c', lang: 'de' })).toBe(
      'https://d.example/x?jwt=a.b.c&lang=de#jwt=%22a.b.c%22',
    ));

  it.each(['.', '..', '%2e%2E', ''])('refuses %j, which names no room in any browser', (room) => {
    expect(() => buildMeetingUrl({ domain: 'd.example', room })).toThrow(JitsiMeetingError);
    expect(() => apiRoomName({ tenant: `a/${room}`, room: 'x' })).toThrow(JitsiMeetingError);
  });

  it.each([
    ['Q&A', /has & in it/],
    ['How to be a doctor?', /has \? in it/],
    ['16:30 Standup', /has : in it/],
    ['say "hi"', /has " in it/],
    ["Bob's", /has ' in it/],
    ['Q%26A', /has & in it/],
    ['a?b&c', /has \? & in it/],
    ['a\nb', /control character/],
    ['a\0b', /control character/],
    ['javascript:alert(1)', /has : in it/],
    ['../x', /slash/],
    ['a%2Fb', /slash/],
    ['//evil.example/x', /slash/],
    ['config.js', /web server/],
    ['HTTP-Bind', /web server/],
  ])("refuses %j, which Jitsi's web server doesn't serve", (room, why) => {
    expect(() => buildMeetingUrl({ domain: 'd.example', room })).toThrow(why);
    expect(() => apiRoomName({ room })).toThrow(JitsiMeetingError);
  });

  it.each([
    ['A&B', 'x'],
    ['a%2Fb', 'x'],
    ['acme/Q?', 'x'],
    ['static', 'x'],
    ['Libs', 'x'],
    ['.well-known', 'x'],
    ['acme', 'http-binding'],
    ['acme', 'xmpp-websocket'],
    ['acme', 'a/b'],
  ])('refuses the tenant %j with the room %j', (tenant, room) =>
    expect(() => buildMeetingUrl({ domain: 'd.example', tenant, room })).toThrow(JitsiMeetingError),
  );

  it.each([
    ['static', '/static'],
    ['http-binding', '/http-binding'],
    ['_api', '/_api'],
  ])("takes %j, which only begins as an address of Jitsi's web server", (room, path) =>
    expect(buildMeetingUrl({ domain: 'd.example', room })).toBe(`https://d.example${path}`),
  );

  it.each([
    ['myorg/weekly', 'Set tenant="myorg" and room="weekly".'],
    ['vpaas-magic-cookie-1/test', 'Set tenant="vpaas-magic-cookie-1" and room="test".'],
    ['a%2Fb', 'Set tenant="a" and room="b".'],
    ['/weekly', 'Set the name of the room alone.'],
    ['weekly/', 'Set the name of the room alone.'],
    ['https://d.example/weekly', 'Set the name of the room alone.'],
  ])('says for the room %j what to set instead', (room, fix) =>
    expect(unservedName({ room })).toMatchObject({ of: 'room', fix }),
  );

  it('quotes no more of a name than a person reads', () =>
    expect(() => buildMeetingUrl({ domain: 'd.example', room: `${'a'.repeat(9000)}/b` })).toThrow(/^.{0,140}$/));

  it('refuses a domain with more than a host', () =>
    expect(() => buildMeetingUrl({ domain: 'd.example/x', room: 'y' })).toThrow(/with a path/));
});

describe('parseMeetingUrl reads what people paste', () => {
  it.each([
    ['https://meet.example.com/My%20Room', 'meet.example.com', null, 'My Room'],
    ['meet.example.com/room', 'meet.example.com', null, 'room'],
    ['localhost:8443/room', 'localhost:8443', null, 'room'],
    ['  https://meet.example.com/team/room?jwt=x#config.a=1 ', 'meet.example.com', 'team', 'room'],
    ['org.jitsi.meet:https://meet.example.com/room', 'meet.example.com', null, 'room'],
    ['org.jitsi.meet://meet.example.com/room', 'meet.example.com', null, 'room'],
    ['https://8x8.vc/vpaas-magic-cookie-1/Room', '8x8.vc', 'vpaas-magic-cookie-1', 'Room'],
    ["https://meet.example.com/bob's(room)", 'meet.example.com', null, 'bobsroom'],
    ['https://meet.example.com/a%2520b', 'meet.example.com', null, 'a%2520b'],
    ['https://meet.example.com/a%2Fb/c%2Fd', 'meet.example.com', 'a%2Fb', 'c/d'],
    ['https://meet.example.com/100%', 'meet.example.com', null, '100%'],
  ])('%s', (address, domain, tenant, room) => expect(parseMeetingUrl(address)).toEqual({ domain, tenant, room }));

  it.each([
    '',
    'https://meet.example.com',
    'https://meet.example.com/',
    'https://meet.example.com/a/',
    'javascript:alert(1)',
    'hello there/x y',
    'https://d.example/:..',
    'https://d.example/:../room',
    'https://d.example/a/:../room',
    'https://d.example/:./room',
    'https://d.example/a/:./b/room',
    'https://d.example/a/:.',
  ])('%j holds no meeting', (address) => expect(parseMeetingUrl(address)).toBeUndefined());
});
