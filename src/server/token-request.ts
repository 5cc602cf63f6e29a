import { jsonObject } from '../plain.js';
import { normaliseRoom, parseDomain, roomName, type UnservedName, unservedName } from '../room/index.js';
import { type BodyLimits, readBody } from './body.js';
import { TokenRefusal } from './problem.js';
import { roomProblem } from './room-claim.js';
import { askedTenant } from './tenants.js';

/** What the page asks for. It does not name the person: `authorize` finds that out from the request. */
export interface TokenRequest {
  /** The deployment: host, or host and port, as addresses have it. */
  domain: string | null;
  /** The room's name as Jitsi spells it: decoded, NFKC, lower case, percent-encoded. */
  room: string;
  /**
   * The tenant's name as Prosody has it: NFKC, lower case. Whether the person belongs to it is for `authorize` to know.
   */
  tenant: string | null;
  /** For cookies, headers and the address. Its body is read already. */
  request: Request;
}

/** Reads JSON `{domain, room, tenant}` of a POST or the same from a GET's query. Throws a `TokenRefusal`. */
export async function readTokenRequest(request: Request, limits: BodyLimits): Promise<TokenRequest> {
  return checkedRequest(request.method === 'GET' ? queryFields(request) : await bodyFields(request, limits), request);
}

const longestName = 500;

/** Holds the fields to the rules for names. Throws a `TokenRefusal`. */
export function checkedRequest(fields: Record<string, unknown>, request: Request): TokenRequest {
  const domain = askedDomain(text(fields, 'domain'));
  const tenant = askedTenant(text(fields, 'tenant'), domain);
  const room = text(fields, 'room');
  if (room === null) throw new TokenRefusal(400, 'The field room is missing.');
  // NFKC may make eighteen letters of one, so the length counts after it.
  if (roomName(room).length > longestName) {
    throw new TokenRefusal(400, `The room name is too long: at most ${longestName} characters are allowed.`);
  }
  const claim = normaliseRoom(room);
  const problem = roomProblem(claim, tenant);
  if (problem !== undefined) throw new TokenRefusal(400, `The room name ${problem}.`);
  const unserved = unservedName({ room, tenant });
  if (unserved) throw unservedRefusal(unserved);
  return { domain, room: claim, tenant, request };
}

export const unservedRefusal = ({ of, why, fix }: UnservedName): TokenRefusal =>
  new TokenRefusal(400, `The name of the ${of} ${why}. ${fix}`);

function askedDomain(domain: string | null): string | null {
  if (domain === null) return null;
  const parsed = parseDomain(domain);
  if (parsed.domain === undefined)
    throw new TokenRefusal(400, 'The field domain is not a host, or a host with a port.');
  return parsed.domain;
}

function text(fields: Record<string, unknown>, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new TokenRefusal(400, `The field ${name} is not a string.`);
  return value;
}

/** Each once: who reads the address as well, such as `authorize`, could take the other one at its word. */
function queryFields(request: Request): Record<string, unknown> {
  const parameters = new URL(request.url).searchParams;
  const twice = ['domain', 'room', 'tenant'].find((name) => parameters.getAll(name).length > 1);
  if (twice) throw new TokenRefusal(400, `The field ${twice} is given twice.`);
  return Object.fromEntries(parameters);
}

async function bodyFields(request: Request, limits: BodyLimits): Promise<Record<string, unknown>> {
  // A form of another site can send any body but not this type without asking first (CORS preflight).
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new TokenRefusal(415, 'Send JSON: Content-Type: application/json.');
  }
  const fields = jsonObject(await readBody(request, limits));
  if (typeof fields !== 'string') return fields;
  const expected = fields === 'not JSON' ? '' : ' with room, domain and tenant';
  throw new TokenRefusal(400, `The body is ${fields}${expected}.`);
}
