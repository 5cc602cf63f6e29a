import { isJaasAppId, jaasPrefix } from '../claims/jaas.js';
import { unknownName } from '../names.js';
import { isObject } from '../plain.js';
import { jaasDomain } from '../room/jaas.js';
import type { FeatureRights } from './grant.js';
import { checkKey, type PrivateKey } from './keys.js';
import type { TokenSignerOptions } from './signer.js';
import { invalidOf } from './options-check.js';

const invalid = invalidOf('JaaS');

/** Options of `jaas`. */
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

const vocabulary = {
  known: ['appId', 'privateKey', 'kid'],
  meant: {
    secret: 'JaaS takes tokens of a private key only',
    key: 'write privateKey',
    apikey: 'write privateKey',
    keyid: 'write kid',
    apikeyid: 'write kid',
    algorithm: 'JaaS takes RS256 only',
    tenant: 'the AppID is the tenant',
  },
};

const consoleHint = 'Copy it from the JaaS console, section API keys.';

/** Signer options for Jitsi as a Service: `createTokenSigner(jaas({ appId, privateKey, kid }))`. */
export function jaas(options: JaasOptions): TokenSignerOptions {
  if (!isObject(options)) throw invalid('the options are missing', 'Give appId, privateKey and kid.');
  const unknown = unknownName(Object.keys(options), vocabulary);
  if (unknown)
    throw invalid(
      unknown,
      'Other options of the signer go beside: createTokenSigner({ ...jaas({ ... }), expiresIn: 600 }).',
    );
  const { appId, privateKey, kid } = options;
  checkAppId(appId);
  const key = { privateKey, kid: kidOf(appId, kid) };
  checkKey(key);
  return {
    appId,
    domain: jaasDomain,
    tenant: appId,
    issuer: 'chat',
    audience: 'jitsi',
    ...key,
    defaultFeatures: () => nothingExtra,
  };
}

/** @throws JitsiMeetingError config-invalid, saying what is wrong with the AppID */
export function checkAppId(appId: unknown): asserts appId is string {
  if (appId === undefined || appId === null || appId === '') throw invalid('the AppID is missing', consoleHint);
  if (typeof appId !== 'string') throw invalid('the AppID is not text', consoleHint);
  if (!isJaasAppId(appId)) throw invalid(`the AppID does not start with ${jaasPrefix}`, consoleHint);
  const own = appId.slice(jaasPrefix.length);
  if (/^(?:\.+|…|x+|\*+|<.*>|\[.*\]|your.*)?$/i.test(own)) {
    throw invalid('the AppID is the placeholder of a guide, not the AppID of an account', consoleHint);
  }
  if (own.includes('/')) {
    throw invalid('the AppID has a slash, as the id of a key has', 'Give the part before the slash as appId.');
  }
  if (!/^[0-9a-z]+$/.test(own)) {
    throw invalid(`the AppID has other characters than small letters and digits after ${jaasPrefix}`, consoleHint);
  }
}

/** As 8x8 wants it: the AppID, a slash, the key's own id. */
function kidOf(appId: string, kid: unknown): string {
  if (kid === undefined || kid === null || kid === '') {
    throw invalid('the key’s id (kid) is missing', `${consoleHint} It looks like ${jaasPrefix}.../4a5b6c.`);
  }
  if (typeof kid !== 'string') throw invalid('the key’s id (kid) is not text', consoleHint);
  if (kid === appId)
    throw invalid('kid is the AppID, not the id of a key', `${consoleHint} It ends with /4a5b6c or the like.`);
  const parts = kid.split('/');
  const own = parts.at(-1)!;
  if (parts.length > 1 && kid !== `${appId}/${own}`) {
    throw invalid(
      'kid belongs to another AppID, so 8x8 would look for the key in another account',
      'What is before the slash of kid has to be the AppID exactly. Take both from the same account.',
    );
  }
  if (!/^[\w-]+$/.test(own)) {
    throw invalid('kid has other characters than letters, digits, - and _ in the key’s own id', consoleHint);
  }
  return `${appId}/${own}`;
}
