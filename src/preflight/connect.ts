import { countOf, fromBase64url, tokenParts } from '../claims/decode.js';
import { MILLISECONDS_FROM } from '../claims/times.js';
import { connectFixes, keyFixes } from './codes/connect.js';
import { adviceFixes } from './codes/advice.js';
import { anyServerFixes } from './codes/any-server.js';
import { findingsOf } from './finding.js';
import { readJson, toBinary } from './lua/json.js';
import { asNumber, asString, index, isIndexable, isTrue, type LuaValue, numberText } from './lua/values.js';
import { luaErrorsOf } from './lua-finding.js';
import { keySources } from './key-sources.js';
import { pemKey } from './pem.js';
import type { Settings } from './settings.js';
import { algorithms, checkSignature, type Key } from './signature.js';
import { showLua } from './show-lua.js';
import type { WordsOf } from '../server-texts.js';
import type { Finding } from './types.js';

const fixes = { ...anyServerFixes, ...connectFixes, ...adviceFixes };
const finding = findingsOf(fixes);
const error = luaErrorsOf(fixes, 'connect');

/** What logging in comes to: the claims that the server keeps for later, and what there is to say, in the server's order. */
export interface Login {
  claims: LuaValue;
  findings: Finding[];
}

/** The server's look at a token when the client logs in (`process_and_verify_token`, then luajwtjitsi's `verify`). */
export async function logIn(token: string, settings: Settings, now: Date): Promise<Login> {
  const findings: Finding[] = [];
  const key = findKey(token, settings);
  findings.push(...key.findings);
  const { algorithm } = settings;
  const supported = algorithm === undefined || algorithms.includes(algorithm);
  if (!supported) findings.push({ ...error('algorithm-unsupported', 'Algorithm not supported'), found: algorithm });

  const parts = tokenParts(token);
  if (parts.length !== 3) return { claims: undefined, findings: [...findings, notThreeParts(parts)] };
  const [header, payload] = [readPart(parts[0]!), readPart(parts[1]!)];
  const signature = fromBase64url(parts[2]!);
  findings.push(
    ...partFindings('header', header, 'header-unreadable', 'Invalid header'),
    ...partFindings('payload', payload, 'payload-unreadable', 'Invalid body'),
  );
  if (signature === undefined) findings.push(error('signature-unreadable', 'Invalid signature'));
  const ofHeader = header.read ? headerFindings(header.value, algorithm) : [];
  findings.push(...ofHeader);
  // Where the algorithm is another one, that is the cause, and the signature can't be right.
  const otherAlgorithm = [...ofHeader, ...key.findings].some(({ claim }) => claim === 'header.alg');
  if (signature !== undefined && supported && !otherAlgorithm)
    findings.push(...(await signatureFindings(settings, key, `${parts[0]}.${parts[1]}`, signature)));
  if (payload.read) findings.push(...payloadFindings(payload.value, settings, Math.floor(now.getTime() / 1000)));
  return { claims: payload.value, findings };
}

interface Part {
  /** Whether it is JSON; if not, whether it is base64url at least. */
  read: boolean;
  encoded: boolean;
  value?: LuaValue;
}

function readPart(part: string): Part {
  const text = fromBase64url(part);
  const json = text === undefined ? undefined : readJson(text);
  return { read: json !== undefined, encoded: text !== undefined, value: json?.value };
}

const notThreeParts = (parts: string[]): Finding => ({
  ...error('token-malformed', 'Invalid token'),
  found: countOf(parts),
  expected: '3 parts',
});

type Unreadable = 'header-unreadable' | 'payload-unreadable';

function partFindings<Found extends Unreadable>(
  name: string,
  part: Part,
  code: Found,
  serverText: WordsOf<Found>,
  notEncoded?: WordsOf<'token-not-base64url'>,
): Finding[] {
  if (part.read) return [];
  return [{ ...(part.encoded ? error(code, serverText) : error('token-not-base64url', notEncoded)), claim: name }];
}

interface FoundKey {
  key?: Key | undefined;
  findings: Finding[];
}

/** The key to check with. With public keys the header says which, and the server looks at that before all else. */
function findKey(token: string, { keys, release }: Settings): FoundKey {
  if (!keys) return { findings: [] };
  const sources = keySources(keys, release);
  if (!sources) return { key: keys.secret, findings: [] };
  const dot = token.indexOf('.');
  if (dot === -1) return { findings: [notThreeParts(tokenParts(token))] };
  const part = readPart(token.slice(0, dot));
  const notEncoded = release === '2026-03' ? undefined : 'Invalid token';
  const findings = partFindings('header', part, 'header-unreadable', 'bad token format', notEncoded);
  const header = part.value;
  if (!part.read) return { findings };
  if (!isIndexable(header)) return { findings: [error('header-not-object', undefined, 'header', header, 'an object')] };

  const kid = index(header, 'kid');
  const alg = index(header, 'alg');
  if (kid === undefined) findings.push(error('kid-missing', "'kid' claim is missing", 'header.kid', kid));
  if (alg === undefined) findings.push(error('alg-missing', "'alg' claim is missing", 'header.alg', alg));
  else if (typeof alg !== 'string') findings.push(error('alg-not-text', undefined, 'header.alg', alg, 'a text'));
  else if (!alg.startsWith('RS'))
    findings.push(error('alg-not-rsa', "'kid' claim only support with RS family", 'header.alg', alg, 'RS256'));
  if (kid === undefined) return { findings };
  const key = sources.cached?.get(kid) ?? published(sources.keyServer, kid);
  if (key === undefined) findings.push(keyNotFound(kid, sources.keyServer === undefined));
  return { key, findings };
}

function published(keys: Record<string, string> | undefined, kid: LuaValue): string | undefined {
  const name = asString(kid);
  return Object.entries(keys ?? {}).find(([id]) => toBinary(id) === name)?.[1];
}

function keyNotFound(kid: LuaValue, inSetOnly: boolean): Finding {
  if (typeof kid !== 'string' && typeof kid !== 'number')
    return error('kid-not-text', undefined, 'header.kid', kid, 'a text');
  if (inSetOnly) return error('kid-not-in-jwks', undefined, 'header.kid', kid);
  return error('kid-unknown', 'could not obtain public key', 'header.kid', kid);
}

function headerFindings(header: LuaValue, algorithm: string | undefined): Finding[] {
  if (!isIndexable(header)) return [error('header-not-object', undefined, 'header', header, 'an object')];
  const found: Finding[] = [];
  const [typ, alg] = [index(header, 'typ'), index(header, 'alg')];
  if (typ !== 'JWT') found.push(error('typ-not-jwt', 'Invalid typ', 'header.typ', typ, '"JWT"'));
  if (algorithm !== undefined && alg !== algorithm)
    found.push(error('alg-other', 'Invalid or incorrect alg', 'header.alg', alg, algorithm));
  return found;
}

async function signatureFindings(
  { algorithm, keys }: Settings,
  { key, findings }: FoundKey,
  signed: string,
  signature: string,
) {
  const unchecked = finding('signature-unchecked', 'warning', 'connect');
  // Where the header names no key, that is said already.
  if (key === undefined) return findings.length > 0 ? [] : [unchecked];
  const result = await checkSignature(algorithm!, key, signed, signature);
  if (result === 'wrong') return [error('signature-wrong', 'Invalid signature')];
  if (result === 'unreadable') return [{ ...error('key-unreadable'), fix: keyFix(key, key === keys?.secret) }];
  return result === 'unchecked' ? [unchecked] : [];
}

/** What to do about a key that can't be read: that depends on what it is. */
function keyFix(key: Key, isSecret: boolean): string {
  if (typeof key !== 'string') return connectFixes['key-unreadable'];
  if (key.includes('\\n')) return keyFixes.escaped;
  if (/^\s*["'`]/.test(key)) return keyFixes.quoted;
  if (key.includes('BEGIN CERTIFICATE')) return keyFixes.certificate;
  if (/ENCRYPTED/.test(key)) return keyFixes.encrypted;
  if (pemKey(key)) return keyFixes.otherKind;
  return isSecret && !key.includes('-----BEGIN') ? keyFixes.secret : connectFixes['key-unreadable'];
}

function payloadFindings(payload: LuaValue, settings: Settings, now: number): Finding[] {
  if (!isIndexable(payload)) return [error('payload-not-object', undefined, 'payload', payload, 'an object')];
  return [...timeFindings(payload, now), ...partyFindings(payload, settings), ...keptClaimFindings(payload, settings)];
}

function timeFindings(payload: LuaValue, now: number): Finding[] {
  const found: Finding[] = [];
  const [exp, nbf, iat] = [index(payload, 'exp'), index(payload, 'nbf'), index(payload, 'iat')];
  if (isTrue(exp) && typeof exp !== 'number')
    found.push(error('exp-not-number', 'exp must be number', 'exp', exp, 'a number'));
  if (isTrue(nbf) && typeof nbf !== 'number')
    found.push(error('nbf-not-number', 'nbf must be number', 'nbf', nbf, 'a number'));
  if (typeof exp === 'number' && now >= exp) {
    // The refusal tells how long the token was valid, and the plugin fails over an `iat` that can't be subtracted.
    const issued = isTrue(iat) ? asNumber(iat) : undefined;
    const unusable = isTrue(iat) && issued === undefined;
    if (unusable) found.push(error('iat-unusable', undefined, 'iat', iat, 'a number'));
    const validFor = issued === undefined ? '' : `, valid for:${numberText(exp - issued)} sec`;
    const text: WordsOf<'token-expired'> = `Not acceptable by exp (${numberText(now - exp)} sec since expired${validFor})`;
    found.push({ ...error('token-expired', unusable ? undefined : text, 'exp', exp), found: `${now - exp} s ago` });
  }
  if (typeof nbf === 'number' && now < nbf)
    found.push(
      nbf >= MILLISECONDS_FROM
        ? error('nbf-milliseconds', 'Not acceptable by nbf', 'nbf', nbf)
        : { ...error('token-not-yet-valid', 'Not acceptable by nbf', 'nbf', nbf), found: `${nbf - now} s ahead` },
    );
  return found;
}

function partyFindings(payload: LuaValue, { issuers, audiences }: Settings): Finding[] {
  const found: Finding[] = [];
  const [iss, aud] = [index(payload, 'iss'), index(payload, 'aud')];
  if (iss === undefined) found.push(error('iss-missing', "'iss' claim is missing", 'iss', iss, issuers?.join(', ')));
  else if (!issuers) found.push(finding('iss-unchecked', 'warning', 'connect', { claim: 'iss', found: showLua(iss) }));
  else if (!accepts(issuers, iss))
    found.push(error('iss-other', "invalid 'iss' claim", 'iss', iss, issuers.join(', ')));
  if (aud === undefined) found.push(error('aud-missing', "'aud' claim is missing", 'aud', aud, audiences.join(', ')));
  else if (!accepts(audiences, aud))
    found.push(error('aud-other', "invalid 'aud' claim", 'aud', aud, audiences.join(', ')));
  return found;
}

const accepts = (accepted: string[], claim: LuaValue): boolean =>
  accepted.includes('*') || accepted.some((value) => toBinary(value) === claim);

/** The claims that are kept for joining; the plugin fails where it can't get at them. */
function keptClaimFindings(payload: LuaValue, { requireRoomClaim, release }: Settings): Finding[] {
  const found: Finding[] = [];
  const context = index(payload, 'context');
  // Since May 2026 both are refused in words, `sub` whether or not anybody compares it.
  const refuses = release !== '2026-03';
  if (requireRoomClaim && index(payload, 'room') === undefined)
    found.push(error('room-missing', refuses ? 'room claim is missing' : undefined, 'room'));
  if (refuses && index(payload, 'sub') === undefined) found.push(error('sub-missing', 'sub claim is missing', 'sub'));
  if (context !== undefined && !isIndexable(context))
    found.push(error('context-unusable', undefined, 'context', context, 'an object'));
  return found;
}
