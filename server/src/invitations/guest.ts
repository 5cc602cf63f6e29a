import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import {
  createTokenHandler,
  forbidden,
  type RateLimit,
  TokenRefusal,
  type TokenSigner,
} from 'jitsi-meeting-element/server';
import { z } from 'zod';
import { decide } from '../access/decide.js';
import type { GuestRights } from '../access/read.js';
import type { WatchedAccess } from '../access/watch.js';
import { readJson } from '../body.js';
import { faultOf, type Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { createSessions, type Sessions } from '../session.js';
import type { Settings } from '../settings.js';
import type { Store } from '../store/store.js';
import { allows, refOf, refPattern, secretPattern } from './ask.js';
import type { Invitation } from './invitation.js';
import { isoOf } from './routes.js';

export interface GuestOptions {
  settings: Settings;
  access: WatchedAccess;
  store: Store;
  signer: TokenSigner;
  rateLimit: RateLimit;
  metrics: Metrics;
  log: Log;
  now?: () => number;
}

/** A guest who has used a link: may ask for tokens again (for example after a reload) as long as the link isn't revoked. */
interface Guest {
  ref: string;
  id: string;
  name: string;
}

const link = z.strictObject({ invitation: z.string().regex(secretPattern, { error: 'not a link of this server' }) });
const entry = link.extend({ name: z.string().trim().min(1, { error: 'expected a name' }).max(100).optional() });

/** What the guest's page asks: what a link is for, to use it, whether the host is there, and tokens. */
export function guestRoutes(options: GuestOptions): Hono {
  const { settings, access, store, signer, rateLimit, metrics, log, now = Date.now } = options;
  const { publicUrl, jitsiDomain, sessionSecret: secret } = settings;
  const seconds = (): number => Math.floor(now() / 1000);

  /** A cookie for each link: a guest may have several. */
  const guestsOf = (ref: string): Sessions<Guest> =>
    createSessions<Guest>({ secret, name: `guest-${ref.slice(0, 16)}`, purpose: ref, life: 86_400, store, now });

  /** The link, and what the rules let its guests do now. Throws a `TokenRefusal`. */
  async function valid(ref: string): Promise<{ invitation: Invitation; left: number; rights: GuestRights }> {
    const found = refPattern.test(ref) ? await store.invitations.find(ref) : null;
    if (!found || found.invitation.until <= seconds()) throw gone();
    const { invitation, left } = found;
    const rights = decide(access.rules.list, invitation.by, invitation)?.grant?.guests;
    if (!rights || !allows(rights, invitation.role, invitation.features)) throw gone();
    return { invitation, left, rights };
  }

  function gone(): TokenRefusal {
    metrics.invitations.inc({ event: 'refused' });
    return new TokenRefusal(410, 'This link is not valid, or no longer. Ask for a new one.');
  }

  const isReady = async (invitation: Invitation, rights: GuestRights): Promise<boolean> =>
    invitation.from <= seconds() && (!rights.waitForHost || (await store.isHostThere(invitation)));

  const app = new Hono();

  app.post('/look', async (context) => {
    const ref = refOf((await readJson(context, link)).invitation);
    const { invitation, left } = await valid(ref);
    if (left < 1 && !(await guestsOf(ref).read(context))) throw gone();
    const { title, name, from, until } = invitation;
    return context.json({ room: title, name, from: isoOf(from), until: isoOf(until) });
  });

  app.post('/', async (context) => {
    const asked = await readJson(context, entry);
    const ref = refOf(asked.invitation);
    const { invitation, rights } = await valid(ref);
    if (!(await guestsOf(ref).read(context))) await enter(context, ref, invitation, asked.name);
    const { room, tenant } = invitation;
    return context.json({ ref, domain: jitsiDomain, room, tenant, ready: await isReady(invitation, rights) });
  });

  async function enter(context: Context, ref: string, invitation: Invitation, given?: string): Promise<void> {
    const name = invitation.name ?? given;
    if (name === undefined) throw new TokenRefusal(400, 'Say your name.');
    if (!(await store.invitations.use(ref))) throw gone();
    const id = `guest-${randomUUID()}`;
    await guestsOf(ref).start(context, { ref, id, name }, invitation.until - seconds());
    metrics.invitations.inc({ event: 'opened' });
    log.info({ event: 'guest', ref, guest: id, room: invitation.room, tenant: invitation.tenant });
  }

  app.get('/:ref', async (context) => {
    const ref = context.req.param('ref');
    if (!refPattern.test(ref) || !(await guestsOf(ref).read(context))) throw forbidden();
    const { invitation, rights } = await valid(ref);
    return context.json({ ready: await isReady(invitation, rights), from: isoOf(invitation.from) });
  });

  /** The guest of the request that the token endpoint is answering. */
  const guests = new WeakMap<Request, Guest>();
  const token = createTokenHandler({
    signer,
    rateLimit,
    domains: [jitsiDomain],
    origin: publicUrl,
    onError: (error) => log.error({ event: 'token-fault', ...faultOf(error) }),
    async authorize({ room, tenant, request }) {
      const { ref, id, name } = guests.get(request)!;
      const { invitation, rights } = await valid(ref);
      const isAsked = invitation.room === room && invitation.tenant === tenant;
      const result = isAsked && (await isReady(invitation, rights)) ? 'granted' : 'refused';
      metrics.tokens.inc({ for: 'guest', result });
      log.info({ event: 'token', result, guest: id, ref, room, tenant });
      if (!isAsked) return forbidden();
      if (result === 'refused') return forbidden('The meeting has not begun.');
      const features = invitation.features ?? rights.features;
      return {
        user: { id, name },
        role: invitation.role,
        tenant,
        expiresIn: Math.max(1, Math.min(rights.life, invitation.until - seconds())),
        ...(features && { features }),
      };
    },
  });
  app.on(['GET', 'POST'], '/:ref/token', async (context) => {
    const ref = context.req.param('ref');
    const guest = refPattern.test(ref) ? await guestsOf(ref).read(context) : null;
    if (!guest || guest.ref !== ref) throw forbidden();
    guests.set(context.req.raw, guest);
    return token(context.req.raw);
  });
  return app;
}
