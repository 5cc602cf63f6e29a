import { decodeToken, type Claims } from '../../../src/claims/index.js';
import type { Config } from '../../api.js';
import { toPreset, type Fields, type Preset } from './deployments.js';
import type { Pasted } from './pasted.js';

export interface ReadOff {
  fields: Partial<Fields>;
  /** What the person should know of it. */
  notice: string;
}

const only = (fields: Partial<Fields>): ReadOff => ({ fields, notice: '' });

/** The deployment and the room that a pasted link or token names. */
export function readOff({ token, meeting }: Pasted, fields: Fields, config: Config): ReadOff {
  if (meeting) {
    const { domain, tenant, room } = meeting;
    const known: Record<string, Preset> = { [config.domain]: 'demo', '8x8.vc': 'jaas' };
    const preset = known[domain] ?? (fields.preset === 'docker' ? 'docker' : 'selfHosted');
    const host = domain.replace(/:\d+$/, '');
    return only({
      ...toPreset(preset, fields),
      room,
      tenant: tenant ?? '',
      ...(preset === 'selfHosted' && { domain: host }),
    });
  }
  const claims = decodeToken(token ?? '').claims ?? {};
  const { room, sub } = claims;
  // A question about one room must not get the answer for another.
  const isName = !fields.roomTyped && typeof room === 'string' && room !== '' && room !== '*' && !isPattern(claims);
  const named = isName ? { room } : {};
  if (typeof sub === 'string' && sub.startsWith('vpaas-magic-cookie-'))
    return only({ ...named, ...toPreset('jaas', fields), tenant: sub });
  const strange = fields.preset === 'demo' ? ofAnother(claims, fields, config) : only({});
  return { ...strange, fields: { ...named, ...strange.fields } };
}

/** Settings of the deployment that a token seems to be for, if that isn't the demo's. */
function ofAnother({ iss, aud, sub }: Claims, fields: Fields, { deployment }: Config): ReadOff {
  if (typeof iss !== 'string' || iss === '' || deployment.acceptedIssuers?.includes(iss)) return only({});
  if (/^https:\/\/.+\/realms\//.test(iss)) {
    const audience = typeof aud === 'string' ? aud : fields.audience;
    return {
      fields: { ...toPreset('keycloak', fields), issuer: iss, audience },
      notice: 'This token is from Keycloak, not from the demo. The settings start from what it says; correct them.',
    };
  }
  const isHost = typeof sub === 'string' && /^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(sub);
  return {
    fields: { ...toPreset('selfHosted', fields), appId: iss, ...(isHost && { domain: sub }) },
    notice: `This isn’t the demo’s token: its issuer is “${iss.slice(0, 80)}”. The settings start from what it says; correct them.`,
  };
}

function isPattern({ context }: Claims): boolean {
  const { room } = (context ?? {}) as { room?: { regex?: unknown } };
  return Boolean(room?.regex);
}
