import { normaliseTenant } from '../room/index.js';
import { TokenRefusal } from './problem.js';

/** First labels of the conference component's own address: as tenants they would name the component itself. */
const reserved = new Set(['conference', 'muc']);

/**
 * Why Prosody could not serve this tenant, as the end of "the tenant ...", or `undefined`. `folded`: by
 * `normaliseTenant`. It becomes a label of the conference's address, so it has neither dots nor slashes.
 */
export function tenantProblem(folded: string, xmppDomain?: string): string | undefined {
  if (!/^[\p{L}\p{N}_-]{1,100}$/u.test(folded) || normaliseTenant(folded) !== folded) {
    return 'may hold letters, digits, _ and - only';
  }
  if (reserved.has(folded)) return `is called ${folded}, as the server's own conference address is`;
  // `sub` with the domain's name opens the rooms that have no tenant.
  if (xmppDomain !== undefined && folded === xmppDomain.toLowerCase()) return 'has the name of the XMPP domain itself';
  return undefined;
}

/** The tenant that a page asks for, as Prosody has it. Throws a `TokenRefusal`. */
export function askedTenant(tenant: string | null, domain: string | null): string | null {
  if (tenant === null) return null;
  const folded = normaliseTenant(tenant);
  const problem = tenantProblem(folded, domain?.replace(/:\d+$/, ''));
  if (problem !== undefined) throw new TokenRefusal(400, `The tenant ${problem}.`);
  // Full width letters, ligatures and signs (Kelvin) would come out as another, plain tenant.
  const composed = tenant.normalize('NFC');
  if (composed !== tenant.normalize('NFKC') || (isAscii(composed) && !isAscii(tenant))) {
    throw new TokenRefusal(400, 'The tenant is spelled with letters that stand for others; write them plainly.');
  }
  return folded;
}

// eslint-disable-next-line no-control-regex -- all of ASCII
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
