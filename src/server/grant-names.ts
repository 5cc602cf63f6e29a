import { featureNames } from '../claims/index.js';
import { plainName, type Vocabulary } from '../names.js';
import type { MeetingGrant, TokenUser } from './grant.js';

/** All names of a type, with the compiler's word that none is missing. */
const namesOf = <Type>(names: Record<keyof Type, true>): string[] => Object.keys(names);

const asRole = "say role: 'moderator' (or participant, visitor) in the grant";
const inUser = (name: string): string => `say user: { ${name} }`;
const asLobby = "say lobby: 'bypass' in the grant";
const toRefuse = 'to refuse, return forbidden() or unauthorized()';
const bySigner = (option: string): string => `that is the signer's: createTokenSigner({ ${option} })`;

/** What people write where another name is meant, in the spelling of `plainName`. */
const meantAnywhere: Record<string, string> = {
  moderator: asRole,
  ismoderator: asRole,
  affiliation: asRole,
  owner: asRole,
  isowner: asRole,
  admin: asRole,
  ishost: asRole,
  lobbybypass: asLobby,
  bypasslobby: asLobby,
  securitybypass: "say security: 'bypass' in the grant",
  tenantname: 'say tenant in the grant',
  subdomain: 'say tenant in the grant',
};

export const grantVocabulary: Vocabulary = {
  known: namesOf<MeetingGrant>({
    room: true,
    tenant: true,
    user: true,
    role: true,
    features: true,
    group: true,
    expiresIn: true,
    lobby: true,
    lobbyModerator: true,
    security: true,
  }),
  meant: {
    ...Object.fromEntries(featureNames.map((name) => [plainName(name), `say features: { '${name}': true }`])),
    ...meantAnywhere,
    id: inUser('id'),
    userid: inUser('id'),
    name: inUser('name'),
    displayname: inUser('name'),
    username: inUser('name'),
    email: inUser('email'),
    avatar: inUser('avatar'),
    avatarurl: inUser('avatar'),
    hiddenfromrecorder: inUser('hiddenFromRecorder'),
    sub: "the signer sets sub to the tenant or the XMPP domain; a person's id is user: { id }",
    subject: "the signer sets sub to the tenant or the XMPP domain; a person's id is user: { id }",
    exp: 'say expiresIn, in seconds from now',
    expires: 'say expiresIn, in seconds from now',
    expiresat: 'say expiresIn, in seconds from now',
    ttl: 'say expiresIn, in seconds from now',
    iat: 'the signer sets it',
    nbf: 'the signer sets it; see its clockSkew',
    iss: bySigner('issuer'),
    issuer: bySigner('issuer'),
    aud: bySigner('audience'),
    audience: bySigner('audience'),
    domain: bySigner('domain'),
    xmppdomain: bySigner('domain'),
    roomname: 'say room',
    regex: 'say room: { pattern }',
    pattern: 'say room: { pattern }',
    any: 'say room: { any: true }',
    context: 'say user, features and group by themselves',
    rights: 'say features',
    permissions: 'say features',
    password: "that is the signer's no business; to pass a room's password, say security: 'bypass'",
    error: toRefuse,
    errors: toRefuse,
    status: toRefuse,
    statuscode: toRefuse,
    code: toRefuse,
    message: toRefuse,
    reason: toRefuse,
    allowed: toRefuse,
    allow: toRefuse,
    authorized: toRefuse,
    denied: toRefuse,
    forbidden: toRefuse,
    unauthorized: toRefuse,
    ok: toRefuse,
    success: toRefuse,
    signinurl: toRefuse,
  },
};

export const userVocabulary: Vocabulary = {
  known: namesOf<TokenUser>({ id: true, name: true, email: true, avatar: true, hiddenFromRecorder: true }),
  meant: {
    ...meantAnywhere,
    role: asRole,
    lobby: "say lobby: 'bypass' or lobby: 'wait' in the grant",
    security: "say security: 'bypass' in the grant",
    lobbymoderator: 'say lobbyModerator in the grant',
    avatarurl: 'write avatar',
    picture: 'write avatar',
    image: 'write avatar',
    photo: 'write avatar',
    icon: 'write avatar',
    displayname: 'write name',
    fullname: 'write name',
    username: 'write name',
    nickname: 'write name',
    nick: 'write name',
    userid: 'write id',
    uid: 'write id',
    sub: 'write id',
    mail: 'write email',
    emailaddress: 'write email',
    group: 'say group in the grant',
    features: 'say features in the grant',
    tenant: 'say tenant in the grant',
  },
};

export const roomVocabulary: Vocabulary = {
  known: ['pattern', 'any'],
  meant: {
    regex: 'write pattern',
    regexp: 'write pattern',
    name: 'say room: NAME',
    all: 'write any: true',
    wildcard: 'write any: true',
  },
};
