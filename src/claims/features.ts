import { isObject } from '../plain.js';
import type { Claims } from './decode.js';
import { isJaasAppId } from './jaas.js';

/** The features that a token may grant: `MEET_FEATURES` in Jitsi's `react/features/base/jwt/constants.ts`. */
export const featureNames = [
  'branding',
  'calendar',
  'create-polls',
  'file-upload',
  'flip',
  'inbound-call',
  'livestreaming',
  'live-translation',
  'lobby',
  'moderation',
  'outbound-call',
  'recording',
  'room',
  'screen-sharing',
  'send-groupchat',
  'send-private-message',
  'list-visitors',
  'sip-inbound-call',
  'sip-outbound-call',
  'transcription',
] as const;

/** Name of a feature in `context.features`. */
export type FeatureName = (typeof featureNames)[number];

/** `default`: the token says nothing, so the server's defaults for the role count. */
export type Features = Record<FeatureName, boolean | 'default'>;

/**
 * What the token grants. Where `context.features` is there, a missing one is off; where it isn't, the server decides.
 * On JaaS a missing `context.features` is an empty one (`isJwtFeatureEnabled` in Jitsi's `base/jwt/functions.ts`).
 */
export function describeFeatures(claims: Claims | undefined): Features {
  const context = claims && isObject(claims.context) ? claims.context : {};
  const granted = isObject(context.features) ? context.features : claims && isJaasAppId(claims.sub) ? {} : undefined;
  const state = (name: FeatureName) => (granted ? granted[name] === true || granted[name] === 'true' : 'default');
  return Object.fromEntries(featureNames.map((name) => [name, state(name)])) as Features;
}
