import { normaliseRoom, unservedName } from '../room/index.js';
import { type BodyLimits, readBody } from './body.js';
import { TokenRefusal } from './problem.js';

/** What the page asks for. Nothing here says who asks: that is for `authorize` to find out from the request. */
export interface TokenRequest {
  /** The deployment, as in the element's attribute `domain`. */
  domain: string | null;
  /** The room's name as Jitsi spells it: decoded, NFKC, lower case, percent-encoded. */
  room: string;
  tenant: string | null;
  /** For cookies, headers and the address. Its body is read already. */
  request: Request;
}

/** Reads JSON `{domain, room, tenant}` of a POST or the same from a GET's query. Throws a `TokenRefusal`. */
export async function readTokenRequest(request: Request, limits: BodyLimits): Promise<TokenRequest> {
  return checkedRequest(request.method === 'GET' ? queryFields(request) : await bodyFields(request, limits), request);
}

/** Holds the fields to the rules for names. Throws a `TokenRefusal`. */
export function checkedRequest(fields: Record<string, unknown>, request: Request): TokenRequest {
  const domain = text(fields, 'domain');
  const tenant = text(fields, 'tenant');
  const room = text(fields, 'room');
  if (room === null) throw new TokenRefusal(400, 'The field room is missing.');
  if (tenant !== null && !/^[\p{L}\p{N}_-]{1,100}$/u.test(tenant)) {
    throw new TokenRefusal(400, 'The tenant may hold letters, digits, _ and - only.');
  }
  const claim = checkedRoom(room);
  const unserved = unservedName({ room, tenant });
  if (unserved) throw new TokenRefusal(400, `The name of the ${unserved.of} ${unserved.why}. ${unserved.fix}`);
  return { domain, room: claim, tenant, request };
}

function checkedRoom(room: string): string {
  if (room.length > 500) throw new TokenRefusal(400, 'The room name is too long.');
  const claim = normaliseRoom(room);
  if (claim === '' || claim === '*') throw new TokenRefusal(400, 'The room name is empty or a wildcard.');
  if (/^\.\.?$/.test(claim)) throw new TokenRefusal(400, 'The room name is one that browsers read as a folder.');
  // XMPP allows no ' in an address, and encodeURIComponent leaves it as it is: nobody can ever join such a room.
  if (claim.includes("'") || /%0|%1|%7f/.test(claim)) {
    throw new TokenRefusal(400, 'The room name holds an apostrophe or a control character, which Jitsi can’t join.');
  }
  return claim;
}

function text(fields: Record<string, unknown>, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new TokenRefusal(400, `The field ${name} is not a string.`);
  return value;
}

function queryFields(request: Request): Record<string, unknown> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

async function bodyFields(request: Request, limits: BodyLimits): Promise<Record<string, unknown>> {
  // A form of another site can send any body but not this type without asking first (CORS preflight).
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new TokenRefusal(415, 'Send JSON: Content-Type: application/json.');
  }
  const body = await readBody(request, limits);
  let fields: unknown;
  try {
    fields = JSON.parse(body);
  } catch {
    throw new TokenRefusal(400, 'The body is not JSON.');
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new TokenRefusal(400, 'The body is not a JSON object with room, domain and tenant.');
  }
  return fields as Record<string, unknown>;
}
