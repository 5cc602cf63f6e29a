import { isObject } from '../plain.js';
import { isJaasAppId } from '../claims/jaas.js';
import type { Claims } from '../claims/index.js';
import { userOf } from '../claims/role.js';
import { subFixes, anyServerFixes } from './codes/any-server.js';

/** What to do about a `sub` that is not the one of the address: a user's id, a tenant and another domain differ. */
export function subFix(claims: unknown, tenant: string | null | undefined): string {
  const ofUser = anyServerFixes['sub-other'];
  if (!isObject(claims) || typeof claims.sub !== 'string') return ofUser;
  const { sub } = claims;
  if (isJaasAppId(sub)) return tenant ? subFixes.otherAppId : subFixes.appId;
  if (isUserId(claims) || /^(\d+|(user|auth0|usr)[-_:|].*)$/i.test(sub)) return ofUser;
  if (sub.includes('.')) return tenant ? subFixes.domainForTenant : subFixes.domain;
  if (!tenant) return subFixes.tenant;
  return fold(sub) === fold(tenant) ? subFixes.folded : subFixes.otherTenant;
}

const fold = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase();

/** The widely copied recipe: it works only while the server does not compare `sub`. */
export function isUserId(claims: Claims): boolean {
  const { sub } = claims;
  if (typeof sub !== 'string' || sub === '') return false;
  const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
  return sub === userOf(claims).id || sub === claims.user_id || sub.includes('@') || uuid.test(sub);
}
