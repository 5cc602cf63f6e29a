import { JitsiMeetingError } from '../errors.js';
import { isObject } from '../plain.js';
import type { Deployment, DeploymentKeys, PreflightRequest } from './types.js';

/** The releases whose rules are known, the newest first. */
export const releases = ['2026-07', '2026-03'] as const;

interface Kind {
  fits: (value: unknown) => boolean;
  expected: string;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const text: Kind = { fits: isText, expected: 'a text' };
const textOrNull: Kind = { fits: (value) => value === null || isText(value), expected: 'a text or null' };
const flag: Kind = { fits: (value) => typeof value === 'boolean', expected: 'true or false' };
const list: Kind = { fits: (value) => Array.isArray(value) && value.every(isText), expected: 'a list of texts' };
const object: Kind = { fits: isObject, expected: 'an object' };
const count: Kind = {
  fits: (value) => Number.isInteger(value) && (value as number) >= 0,
  expected: 'a whole number from 0',
};
const date: Kind = {
  // A date may come from another realm, such as a frame.
  fits: (value) =>
    Object.prototype.toString.call(value) === '[object Date]' && !Number.isNaN((value as Date).getTime()),
  expected: 'a Date',
};
const oneOf = (...words: string[]): Kind => ({
  fits: (value) => words.includes(value as string),
  expected: words.map((word) => JSON.stringify(word)).join(' or '),
});

const ofDeployment: Record<keyof Deployment, Kind> = {
  release: oneOf(...releases),
  appId: text,
  keys: object,
  algorithm: text,
  acceptedIssuers: list,
  acceptedAudiences: list,
  allowEmptyToken: flag,
  tokenAuthUrl: text,
  requireRoomClaim: flag,
  domainVerification: flag,
  xmppDomain: text,
  mucMapperDomainBase: textOrNull,
  guestDomain: textOrNull,
  plugins: list,
  proxy: oneOf('nginx', 'none'),
};

const ofKeys: Record<keyof DeploymentKeys, Kind> = {
  secret: text,
  publicKeys: { fits: (value) => isObject(value) && Object.values(value).every(isText), expected: 'kid -> PEM' },
  jwks: object,
};

const ofRequest: Record<keyof PreflightRequest, Kind> = {
  room: text,
  tenant: textOrNull,
  xmppDomain: text,
  now: date,
  roomExists: flag,
  lobby: flag,
  roomPassword: textOrNull,
  password: textOrNull,
  displayName: textOrNull,
  occupants: count,
  unauthenticatedAccess: flag,
};

/** Throws `config-invalid` for an unknown name, or for a value that would be misread. The message holds no value. */
export function checkNames(deployment: Deployment, request: PreflightRequest): void {
  check('deployment', deployment, ofDeployment);
  if (deployment.keys) checkKeys(deployment.keys);
  check('request', request, ofRequest);
  if (request.room === undefined)
    throw invalid('request.room is missing.', 'Give the room’s name as it stands in the meeting’s address.');
}

/**
 * Throws `config-invalid` for what is neither text nor null, such as a variable that isn't set. The token is not told.
 */
export function checkToken(token: unknown): void {
  if (!textOrNull.fits(token)) throw invalid('The token is not a text or null.', 'Give the token, or null for none.');
}

function checkKeys(keys: DeploymentKeys): void {
  check('deployment.keys', keys, ofKeys);
  if (Object.values(keys).every((value) => value === undefined))
    throw invalid('deployment.keys is empty.', `Give one of ${Object.keys(ofKeys).join(', ')}, or leave keys out.`);
}

function check(what: string, given: object, known: Record<string, Kind>): void {
  if (!isObject(given)) throw invalid(`${what} is not an object.`, `Give an object with ${Object.keys(known)[0]!}.`);
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!kind)
      throw invalid(
        `${what} has ${JSON.stringify(name.slice(0, 60))}, which nobody reads.`,
        `Use one of: ${Object.keys(known).join(', ')}.`,
      );
    if (value !== undefined && !kind.fits(value))
      throw invalid(`${what}.${name} is not ${kind.expected}.`, `Give ${kind.expected}, or leave ${name} out.`);
  }
}

const invalid = (message: string, hint: string) => new JitsiMeetingError('config-invalid', message, { hint });
