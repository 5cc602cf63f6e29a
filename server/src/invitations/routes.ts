import { Hono, type Context } from 'hono';
import { normaliseRoom } from 'jitsi-meeting-element/room';
import { forbidden, type RateLimit, TokenRefusal, type TokenSigner, unauthorized } from 'jitsi-meeting-element/server';
import { decide, type Place } from '../access/decide.js';
import type { GuestRights } from '../access/read.js';
import type { WatchedAccess } from '../access/watch.js';
import { readJson } from '../body.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Person } from '../person.js';
import type { Sessions } from '../session.js';
import { signInPath } from '../tokens.js';
import type { Store } from '../store/store.js';
import { allows, type InvitationRequest, invitationRequest, newSecret, refOf, refPattern } from './ask.js';
import { calendarFile } from './calendar.js';
import type { Invitation } from './invitation.js';

export interface InvitationOptions {
  publicUrl: string;
  sessions: Sessions<Person>;
  access: WatchedAccess;
  store: Store;
  signer: TokenSigner;
  rateLimit: RateLimit;
  metrics: Metrics;
  log: Log;
  now?: () => number;
}

/** Links that are good at the same time for one room. */
const mostForOneRoom = 500;
const usualLife = 86_400;

/** Making, listing and revoking links for guests: for people whose rule has `guests`. */
export function invitationRoutes(options: InvitationOptions): Hono {
  const { publicUrl, sessions, access, store, signer, rateLimit, metrics, log, now = Date.now } = options;
  const seconds = (): number => Math.floor(now() / 1000);

  async function personOf(context: Context): Promise<Person> {
    const person = await sessions.read(context);
    if (!person) throw unauthorized(publicUrl + signInPath);
    return person;
  }

  function rightsOf(person: Person, place: Place): GuestRights {
    const guests = decide(access.rules.list, person, place)?.grant?.guests;
    if (guests) return guests;
    metrics.invitations.inc({ event: 'refused' });
    throw forbidden('You may not invite guests to this room.');
  }

  const app = new Hono();

  app.post('/', async (context) => {
    const person = await personOf(context);
    const limit = await rateLimit({ user: { id: person.id }, request: context.req.raw });
    if (!limit.allowed) throw new TokenRefusal(429, 'Too many links were made.', { retryAfter: limit.retryAfter });
    const asked = await readJson(context, invitationRequest);
    const place = { room: normaliseRoom(asked.room), tenant: asked.tenant ?? null };
    const invitation = invitationOf(asked, place, person, rightsOf(person, place), seconds());
    await checkSignable(signer, invitation);
    if ((await store.invitations.ofRoom(place)).length >= mostForOneRoom) {
      throw new TokenRefusal(409, `There are ${mostForOneRoom} links for this room. Revoke some of them first.`);
    }
    const secret = newSecret();
    const ref = refOf(secret);
    await store.invitations.save(ref, invitation);
    metrics.invitations.inc({ event: 'made' });
    log.info({ event: 'invitation', ref, person: person.id, ...place, until: invitation.until });
    // Behind the #, which browsers send to no server: no log on the way has it.
    const url = `${publicUrl}/guest#${secret}`;
    const { title, from, until } = invitation;
    const uid = `${ref}@${new URL(publicUrl).hostname}`;
    const ics = calendarFile({ uid, title, url, from, until, now: seconds() });
    return context.json({ ref, url, ics, ...viewOf(invitation, invitation.uses) }, 201);
  });

  app.get('/', async (context) => {
    const person = await personOf(context);
    const { room = '', tenant } = context.req.query();
    const place = { room: normaliseRoom(room), tenant: tenant || null };
    rightsOf(person, place);
    const found = await store.invitations.ofRoom(place);
    const list = found.map(({ ref, invitation, left }) => ({
      ref,
      by: invitation.by.name,
      ...viewOf(invitation, left),
    }));
    return context.json({ invitations: list.toSorted((one, other) => one.until.localeCompare(other.until)) });
  });

  app.delete('/:ref', async (context) => {
    const person = await personOf(context);
    const ref = context.req.param('ref');
    const found = refPattern.test(ref) ? await store.invitations.find(ref) : null;
    // The person who made a link may take it back, whatever the rules say by now.
    if (found && found.invitation.by.id !== person.id) rightsOf(person, found.invitation);
    if (!found || !(await store.invitations.revoke(ref))) throw new TokenRefusal(404, 'There is no such link.');
    metrics.invitations.inc({ event: 'revoked' });
    log.info({ event: 'invitation-revoked', ref, person: person.id });
    return context.body(null, 204);
  });
  return app;
}

/** Throws a `TokenRefusal` for what the rule doesn't allow. */
function invitationOf(
  asked: InvitationRequest,
  place: Place,
  by: Person,
  rights: GuestRights,
  now: number,
): Invitation {
  const { room: title, name = null, role = rights.role === 'visitor' ? 'visitor' : 'participant', uses = 1 } = asked;
  const features = asked.features as Invitation['features'];
  const from = asked.from === undefined ? now : Math.floor(Date.parse(asked.from) / 1000);
  const until =
    asked.until === undefined ? from + Math.min(usualLife, rights.longest) : Math.floor(Date.parse(asked.until) / 1000);
  if (!allows(rights, role, features)) throw forbidden('Your guests may not have this role or these features.');
  if (uses > rights.uses) throw forbidden(`A link for this room may be used ${rights.uses} times at most.`);
  if (until <= Math.max(from, now)) throw new TokenRefusal(400, 'The link would be over before it begins.');
  if (until - now > rights.longest)
    throw forbidden(`A link for this room may be good for ${rights.longest} seconds at most.`);
  return { ...place, title: title.trim(), name, role, ...(features && { features }), from, until, uses, by };
}

/** So that a link for a room that no token can open is refused here, not to the guest. */
async function checkSignable(signer: TokenSigner, { room, tenant, role, features }: Invitation): Promise<void> {
  try {
    await signer.sign({ room, tenant, role, ...(features && { features }) });
  } catch {
    throw new TokenRefusal(400, 'No token can open a room of this name. Choose another name.');
  }
}

function viewOf({ title, tenant, name, role, from, until, uses }: Invitation, left: number) {
  return { room: title, tenant, name, role, from: isoOf(from), until: isoOf(until), uses, left };
}

export const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();
