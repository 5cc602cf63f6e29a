// A moderator who drops out while only members may enter, as in a lobby, on a real Prosody.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { missing } from '../../scripts/programs.js';
import { BoshStream } from '../../src/doctor/bosh.js';
import type { DoctorWorld } from '../../src/doctor/index.js';
import { attribute, element, elements } from '../../src/doctor/xml.js';
import { createTokenSigner, type MeetingGrant } from '../../src/server/index.js';
import { domain, type RunningProsody, signing, startProsody } from '../support/prosody.js';

const room = `team@conference.${domain}`;
const world: DoctorWorld = {
  fetch,
  upgrade: async () => 101,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))),
  now: Date.now,
};

let prosody: RunningProsody;
beforeEach(async () => {
  prosody = await startProsody({ rooms: '"test_room"; "test_affiliation"' });
});
afterEach(() => prosody.stop());

interface Person {
  /** `owner/moderator`, or the error that came instead. */
  entered: string;
  stream: BoshStream;
}

/** Logs in with a token of the signer and joins the room. */
async function join(name: string, grant: Omit<MeetingGrant, 'room'>): Promise<Person> {
  const { token } = await createTokenSigner(signing).sign({ room: 'team', user: { id: name, name }, ...grant });
  const stream = new BoshStream(prosody.address, { room: 'team', token }, domain, world);
  await stream.open();
  await stream.ask('<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>', (xml) =>
    element(xml, 'success'),
  );
  await stream.restart();
  await stream.ask(
    '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
    (xml) => element(xml, 'iq'),
  );
  const answer = await stream.ask(
    `<presence xmlns="jabber:client" to="${room}/${name}"><x xmlns="http://jabber.org/protocol/muc"/></presence>`,
    (xml) => elements(xml, 'presence').find((one) => /<status[^>]*110|type=["']error["']/.test(one)),
  );
  const item = element(answer ?? '', 'item');
  const [, condition = 'silence'] = /<error[^]*?<([\w-]+) xmlns=/.exec(answer ?? '') ?? [];
  return { entered: item ? `${attribute(item, 'affiliation')}/${attribute(item, 'role')}` : condition, stream };
}

/** As Jitsi's client switches the lobby on: by the room's own form. */
const closeRoom = async ({ stream }: Person): Promise<string | undefined> =>
  stream.ask(
    `<iq xmlns="jabber:client" type="set" id="form" to="${room}"><query xmlns="http://jabber.org/protocol/muc#owner">` +
      '<x xmlns="jabber:x:data" type="submit"><field var="FORM_TYPE"><value>http://jabber.org/protocol/muc#roomconfig</value></field>' +
      '<field var="muc#roomconfig_membersonly"><value>1</value></field></x></query></iq>',
    (xml) => elements(xml, 'iq').find((one) => attribute(one, 'id') === 'form'),
  );

const reason = missing('prosodyctl');

describe.skipIf(reason)(`a moderator who drops out of a closed room ${reason ?? ''}`, { timeout: 30_000 }, () => {
  it('comes back as moderator with lobby: bypass in the grant, and stays outside without it', async () => {
    const ada = await join('ada', { role: 'moderator' });
    const bob = await join('bob', {});
    expect([ada.entered, bob.entered]).toEqual(['owner/moderator', 'member/participant']);
    expect(attribute((await closeRoom(ada)) ?? '', 'type')).toBe('result');
    await ada.stream.close();

    expect((await join('ada', { role: 'moderator' })).entered).toBe('registration-required');
    expect((await join('eve', {})).entered).toBe('registration-required');
    const back = await join('ada', { role: 'moderator', lobby: 'bypass' });
    expect(back.entered).toBe('owner/moderator');
    // The right is the moderator's again.
    expect(attribute((await closeRoom(back)) ?? '', 'type')).toBe('result');
    expect((await join('carl', { lobby: 'bypass' })).entered).toBe('member/participant');
  });
});
