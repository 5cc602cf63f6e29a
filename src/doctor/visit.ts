// One visit of a room, as Jitsi's client makes it: connect, ask the focus for the conference, join.
import { normaliseRoom } from '../room/index.js';
import { BoshStream } from './bosh.js';
import type { Answer, DoctorWorld, Place } from './types.js';
import { attribute, element, elements, escapeXml, words } from './xml.js';

/** The server offers no login without a password, so its authentication isn't Jitsi's. */
export class NoLoginError extends Error {
  constructor(/** The mechanisms that it offers. */ readonly offered: string[]) {
    super('The server offers no login that Jitsi’s client can use.');
  }
}

export interface Visit {
  connect: Answer;
  join: Answer | null;
  /** Whether Jicofo said that the conference is there; `null` where it wasn't asked. */
  focus: boolean | null;
  /** Leaves the room. */
  leave(): Promise<void>;
}

export interface VisitRequest {
  place: Place;
  room: string;
  token: string | null;
  /** Whether to have the conference opened. */
  askFocus: boolean;
}

const accepted: Answer = { answer: 'accepted' };
const silence: Answer = { answer: 'silence' };

/** Throws `StreamError`, `NoLoginError`, or what `fetch` throws. */
export async function visit({ place, room, token, askFocus }: VisitRequest, world: DoctorWorld): Promise<Visit> {
  const node = normaliseRoom(room);
  const stream = new BoshStream(place.bosh, { room: node, ...(token !== null && { token }) }, place.xmppDomain, world);
  const offered = elements(await stream.open(), 'mechanism').map((one) => words(one, 'mechanism'));
  if (!offered.includes('ANONYMOUS')) {
    await stream.close();
    throw new NoLoginError(offered);
  }
  const leave = (): Promise<void> => stream.close();
  const connect = answerOf(
    await stream.ask(
      '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>',
      (xml) => element(xml, 'success') ?? element(xml, 'failure'),
    ),
  );
  if (connect.answer !== 'accepted') {
    await leave();
    return { connect, join: null, focus: null, leave };
  }
  await stream.restart();
  await stream.ask(
    '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
    (xml) => element(xml, 'iq'),
  );
  const address = escapeXml(`${node}@${place.muc}`);
  const focus = askFocus ? await conferenceIsThere(stream, address, place.focus, world) : null;
  const answer = await stream.ask(
    `<presence xmlns="jabber:client" to="${address}/doctor${Math.floor(world.now()) % 1e6}">` +
      '<x xmlns="http://jabber.org/protocol/muc"/><nick xmlns="http://jabber.org/protocol/nick">doctor</nick></presence>',
    (xml) => elements(xml, 'presence').find((one) => /<status[^>]*110|type=["']error["']/.test(one)),
  );
  return { connect, join: answerOf(answer), focus, leave };
}

/** Jicofo says `ready` once it is in the room itself. */
async function conferenceIsThere(
  stream: BoshStream,
  address: string,
  focus: string,
  world: DoctorWorld,
): Promise<boolean> {
  for (let tries = 0; tries < 5; tries++) {
    const answer = await stream.ask(
      `<iq xmlns="jabber:client" type="set" id="focus${tries}" to="${escapeXml(focus)}">` +
        `<conference xmlns="http://jitsi.org/protocol/focus" room="${address}" machine-uid="doctor"/></iq>`,
      (xml) => elements(xml, 'iq').find((one) => attribute(one, 'id') === `focus${tries}`),
    );
    if (answer === undefined || attribute(answer, 'type') === 'error') return false;
    if (attribute(element(answer, 'conference') ?? '', 'ready') === 'true') return true;
    await world.wait(1000);
  }
  return false;
}

function answerOf(xml: string | undefined): Answer {
  if (xml === undefined) return silence;
  const failed = xml.startsWith('<failure') || attribute(xml, 'type') === 'error';
  if (!failed) return accepted;
  const inside = element(xml, 'error') ?? xml;
  const [, condition = ''] = /<(?!failure|error|text)([\w-]+)/.exec(inside) ?? [];
  return { answer: 'refused', text: words(xml, 'text') || condition };
}
