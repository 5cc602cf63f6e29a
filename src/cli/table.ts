import { type DecodedToken, describeFeatures, describeRole, describeUser, featureNames } from '../claims/index.js';
import type { Finding, Preflight, Verdict } from '../preflight/index.js';
import { printable } from './printable.js';

const words: Record<Verdict, string> = {
  accepted: 'yes',
  rejected: 'no',
  unknown: 'can’t be told from what was given',
};

const iso = (date: Date | undefined): string | null => date?.toISOString() ?? null;

/** What a token says, for --json and for the table. */
export function tokenSummary(decoded: DecodedToken) {
  if (decoded.malformed !== undefined) return null;
  const { claims, header, times } = decoded;
  const { expiresAt, notBefore, issuedAt } = times;
  return {
    algorithm: header.alg ?? null,
    kid: header.kid ?? null,
    user: describeUser(claims),
    role: describeRole(claims),
    features: describeFeatures(claims),
    times: { issuedAt: iso(issuedAt), notBefore: iso(notBefore), expiresAt: iso(expiresAt), problems: times.problems },
  };
}

export type TokenSummary = ReturnType<typeof tokenSummary>;

const lobbies: Record<NonNullable<Preflight['lobby']>, string> = {
  none: 'nothing stands before the room',
  lobby: 'waits until somebody opens',
  host: 'waits until a host comes',
  name: 'needs a display name first',
  password: 'needs the room’s password',
};

/** A preflight as text: whom the token is for, the two answers, then what was found, the worst first. */
export function preflightTable(
  { connect, join, findings, role, lobby }: Preflight,
  summary: TokenSummary,
  now: number,
): string {
  const rows: [string, string][] = [
    ...(summary ? summaryRows(summary, now) : []),
    ...(role ? [['Given role', `${role}, by Prosody’s plugins`] as [string, string]] : []),
    ...(lobby ? [['Lobby', lobbies[lobby]] as [string, string]] : []),
    ['Connecting', words[connect]],
    ['Joining', join === null ? 'no, as connecting fails' : words[join]],
  ];
  const order = ['error', 'warning', 'advice'];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const lines = rows.map(([name, value]) => `${`${name}:`.padEnd(12)}${printable(value)}`);
  return `${[...lines, ...sorted.flatMap(findingLines)].join('\n')}\n`;
}

function summaryRows(summary: NonNullable<TokenSummary>, now: number): [string, string][] {
  const { user, role, features, times } = summary;
  return [
    ['Who', whoOf(user)],
    ['Role', roleOf(role)],
    ['Features', featuresOf(features)],
    ['Issued', timeOf(times.issuedAt, now) ?? 'it doesn’t say'],
    ...(times.notBefore ? [['Good from', timeOf(times.notBefore, now)!] as [string, string]] : []),
    ['Good until', timeOf(times.expiresAt, now) ?? 'it doesn’t say, and so has no end'],
  ];
}

function whoOf({ id, name, email }: NonNullable<TokenSummary>['user']): string {
  const parts = [name, email && `<${email}>`, id && `(id ${id})`].filter(Boolean);
  return parts.length > 0 ? parts.map((part) => short(part!)).join(' ') : 'nobody is named';
}

function roleOf({ asked }: NonNullable<TokenSummary>['role']): string {
  return asked ? `asks for ${asked}` : 'asks for none';
}

function featuresOf(features: NonNullable<TokenSummary>['features']): string {
  const on = featureNames.filter((name) => features[name] === true);
  if (featureNames.every((name) => features[name] === 'default'))
    return 'as the server has them for the role; the token names none';
  return on.length > 0
    ? `${on.join(', ')}; all others are off`
    : 'all are off (context.features is there and grants none)';
}

function timeOf(at: string | null, now: number): string | undefined {
  return at === null ? undefined : `${at} (${distance(Date.parse(at) - now)})`;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `in 59 minutes`, `3 days ago`. */
export function distance(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  // From 90 minutes on in hours, and so on: "1 hour" may be nearly two.
  const [unit, length] = units.find(([, each]) => size >= 1.5 * each) ?? units[3];
  const count = Math.floor(size / length);
  if (count === 0) return 'now';
  const text = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return milliseconds < 0 ? `${text} ago` : `in ${text}`;
}

const short = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

function findingLines({ severity, code, claim, found, expected, fix, serverText }: Finding): string[] {
  const rows: [string, string | undefined][] = [
    ['claim', claim],
    ['found', found],
    ['expected', expected],
    ['to do', fix],
    ['in the log', serverText],
  ];
  const shown = rows.flatMap(([name, value]) => (value ? [`  ${name.padEnd(10)} ${printable(value)}`] : []));
  return ['', `${severity.toUpperCase()} ${code}`, ...shown];
}
