import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiRoomName, buildMeetingUrl, normaliseRoom, parseMeetingUrl, unservedName } from '../../src/room/index.js';
import { jitsiExports } from '../support/jitsi-source.js';

interface JitsiUri {
  urlObjectToString(options: Record<string, unknown>): string;
  parseURIString(uri: string): { host: string; tenant?: string; room?: string };
  getBackendSafeRoomName(room?: string): string;
}

const RUNS = 5000;
const domain = 'meet.example.com';

/** Names of every plane, lone surrogates and all that has a meaning in an address, but for those that are refused. */
const anyName = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(
        ...'/\\?#%.:@&=+ \'"()[]<>!*,;$|^~`{}\t\n\0aZ2eFé🎉',
        '%2f',
        '%2E',
        '%25',
        '\ud800',
        '\udfff',
      ),
      maxLength: 20,
    }),
  )
  .filter((name) => !['', '.', '..'].includes(decoded(name)) && !unservedName({ room: name }));

describe("addresses agree with Jitsi's own code", () => {
  let jitsi: JitsiUri;
  beforeAll(async () => {
    jitsi = await jitsiExports<JitsiUri>(
      "export { urlObjectToString, parseURIString, getBackendSafeRoomName } from 'JITSI/react/features/base/util/uri'",
    );
  });

  /** The address that a browser has after Jitsi's IFrame API made one (`external_api.js`, its constructor). */
  const byTheApi = (roomName: string, options = {}) =>
    new URL(jitsi.urlObjectToString({ ...options, roomName, url: `https://${domain}/` })).href;

  it(`builds what urlObjectToString builds of the name that the API is given (${RUNS} names)`, () => {
    const token = fc.option(fc.stringMatching(/^[\w-]{1,40}\.[\w-]{1,40}\.[\w-]{1,40}$/), { nil: undefined });
    const options = {
      tenant: fc.option(anyName.filter(isOnePart)),
      room: anyName,
      jwt: token,
      lang: fc.constantFrom(undefined, 'de', 'pt-BR'),
    };
    fc.assert(
      fc.property(fc.record(options), ({ tenant, room, jwt, lang }) => {
        const ours = buildMeetingUrl({ domain, tenant, room, jwt, lang });
        expect(ours).toBe(byTheApi(apiRoomName({ tenant, room }), { jwt, lang }));
        const { origin, pathname } = new URL(ours);
        expect(origin).toBe(`https://${domain}`);
        expect(pathname.split('/')).toHaveLength(tenant ? 3 : 2);
      }),
      { numRuns: RUNS },
    );
  });

  it(`leaves plain names as the API leaves them (${RUNS} names)`, () => {
    const plain = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((name) => /^[\p{L}\p{N}\p{M}\p{So} _.~-]*$/u.test(name) && !/^\.\.?$/.test(name));
    fc.assert(
      fc.property(plain, (room) => {
        expect(pathOf(buildMeetingUrl({ domain, room }))).toBe(
          pathOf(jitsi.urlObjectToString({ roomName: room, url: `https://${domain}/#x` })),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it(`names the room that Jitsi's client finds in the address (${RUNS} names)`, () => {
    fc.assert(
      fc.property(anyName, (room) => {
        const { room: found } = jitsi.parseURIString(buildMeetingUrl({ domain, room }));
        expect(jitsi.getBackendSafeRoomName(found)).toBe(normaliseRoom(room));
      }),
      { numRuns: RUNS },
    );
  });

  it(`finds in any address the room and tenant that Jitsi finds (${RUNS} addresses)`, () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 4 }), (parts) => {
        const { href } = new URL(`https://${domain}/${parts.join('/')}`);
        const theirs = jitsi.parseURIString(href);
        const ours = parseMeetingUrl(href);
        if (!ours) {
          expect(!theirs.room || /(^|\/)\.\.?(\/|$)/.test(`${theirs.tenant}/${theirs.room}`)).toBe(true);
          return;
        }
        expect(normaliseRoom(ours.room)).toBe(jitsi.getBackendSafeRoomName(theirs.room));
        if (unservedName(ours)) return;
        const rebuilt = jitsi.parseURIString(buildMeetingUrl(ours));
        expect(jitsi.getBackendSafeRoomName(rebuilt.room)).toBe(jitsi.getBackendSafeRoomName(theirs.room));
        expect(tenantParts(rebuilt.tenant)).toEqual(tenantParts(theirs.tenant));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("names are refused where Jitsi's web server has no place for them", () => {
  /**
   * The locations of `doc/debian/jitsi-meet/jitsi-meet.example` and docker-jitsi-meet's `meet.conf` for a room, and a
   * tenant's.
   */
  const place = /^\/([^/?&:'"]+)$/;
  const placeInTenant = /^\/([^/?&:'"]+)\/([^/?&:'"]+)$/;
  const name = fc
    .string({
      unit: fc.constantFrom(...'/?&:\'"#%;=+@!()[]\\ .aZé🎉？＆：', '%3F', '%26', '%2F'),
      minLength: 1,
      maxLength: 6,
    })
    .filter((text) => !['.', '..'].includes(decoded(text)));

  it(`a room (${RUNS} names)`, () => {
    fc.assert(
      fc.property(name, (room) => {
        expect(unservedName({ room }) === undefined).toBe(place.test(`/${decoded(room)}`));
      }),
      { numRuns: RUNS },
    );
  });

  it(`a tenant and a room (${RUNS} pairs)`, () => {
    fc.assert(
      fc.property(name.filter(isOnePart), name, (tenant, room) => {
        const served = placeInTenant.test(`/${decoded(tenant)}/${decoded(room)}`);
        expect(unservedName({ tenant, room }) === undefined).toBe(served);
      }),
      { numRuns: RUNS },
    );
  });
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isOnePart = (tenant: string) => !tenant.includes('/');

const pathOf = (address: string) => new URL(address).pathname;

/** Jitsi keeps the empty parts of `//a/room`, which are not part of a name. */
const tenantParts = (tenant = '') => tenant.split('/').filter(Boolean).map(decoded);
