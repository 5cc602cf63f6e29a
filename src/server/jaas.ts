import { JitsiMeetingError } from '../errors.js';
import type { FeatureRights } from './grant.js';
import type { PrivateKey } from './keys.js';
import type { TokenSignerOptions } from './signer.js';

export interface JaasOptions {
  /** The AppID of the JaaS console: `vpaas-magic-cookie-...`. It is the tenant of every meeting, too. */
  appId: string;
  privateKey: PrivateKey['privateKey'];
  /** The key's id as the console shows it, with or without the AppID in front. */
  kid: string;
}

/** What costs extra stays off unless a grant says otherwise; JaaS refuses a token without `features`. */
const nothingExtra: FeatureRights = {
  livestreaming: false,
  'outbound-call': false,
  recording: false,
  'sip-outbound-call': false,
  transcription: false,
};

/** Signer options for Jitsi as a Service: `createTokenSigner(jaas({ appId, privateKey, kid }))`. */
export function jaas({ appId, privateKey, kid }: JaasOptions): TokenSignerOptions {
  if (!/^vpaas-magic-cookie-[0-9a-z]+$/i.test(appId)) {
    throw new JitsiMeetingError('config-invalid', 'JaaS: the AppID does not start with vpaas-magic-cookie-.', {
      hint: 'Copy the AppID from the JaaS console, section API keys.',
    });
  }
  return {
    appId,
    domain: '8x8.vc',
    tenant: appId,
    issuer: 'chat',
    audience: 'jitsi',
    privateKey,
    kid: kid.startsWith(`${appId}/`) ? kid : `${appId}/${kid}`,
    defaultFeatures: () => nothingExtra,
  };
}
