import { type FeatureRights, type GrantedRole } from 'jitsi-meeting-element/server';
import { normaliseRoom, normaliseTenant } from 'jitsi-meeting-element/room';
import { isMap, isNode, isPair, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { type Glob, globOf } from './glob.js';
import { accessSchema, type FileRule, secondsOf } from './schema.js';

/** A rule of access.yaml, ready to be held against a person and a room. */
export interface Rule {
  /** From 1. */
  number: number;
  name: string;
  /** Of the file, from 1. */
  line: number;
  who: Who;
  rooms: readonly Glob[];
  /** Null: rooms without a tenant. */
  tenants: readonly Glob[] | null;
  /** Null: the rule refuses. */
  grant: RuleGrant | null;
}

export interface Who {
  everyone: boolean;
  groups: ReadonlySet<string> | null;
  people: ReadonlySet<string> | null;
  domains: ReadonlySet<string> | null;
  claims: readonly (readonly [name: string, values: ReadonlySet<string>])[];
}

export interface RuleGrant {
  role: GrantedRole;
  features?: FeatureRights;
  /** Seconds. */
  life: number;
  lobby?: 'bypass' | 'wait';
  guests: GuestRights | null;
}

/** The most that a link of this rule may give to a guest. */
export interface GuestRights {
  role: GrantedRole;
  features?: FeatureRights;
  life: number;
  uses: number;
  /** Seconds that a link may be good. */
  longest: number;
  waitForHost: boolean;
}

export interface Rules {
  list: readonly Rule[];
  /** Claims that a rule looks at: they have to be kept at the sign-in. */
  claimNames: readonly string[];
}

/** One sentence for each fault, with line and column: `access.yaml:3:5: ...`. */
export class AccessError extends Error {
  readonly problems: readonly string[];

  static {
    this.prototype.name = 'AccessError';
  }

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const largestFile = 2_000_000;
const mostProblems = 20;

/** Reads the text of access.yaml. Throws an `AccessError`. */
export function readRules(content: string, file = 'access.yaml'): Rules {
  if (content.length > largestFile) throw new AccessError([`${file}: has over ${largestFile} characters.`]);
  const lines = new LineCounter();
  const document = parseDocument(content, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    logLevel: 'silent',
  });
  const at = (offset: number, sentence: string): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}: ${sentence}`;
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    throw new AccessError(faults.slice(0, mostProblems).map(({ pos, message }) => at(pos[0], sentenceOf(message))));
  const read = accessSchema.safeParse(plain(document, (sentence) => new AccessError([at(0, sentence)])));
  if (!read.success) {
    const { issues } = read.error;
    // A misspelt word explains why something else seems to be missing.
    const misspelt = new Set(
      issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('\0')),
    );
    const problems = issues
      .filter(({ code, path }) => code !== 'custom' || !misspelt.has(path.join('\0')))
      .flatMap((issue) => problemsOf(issue, document, at));
    throw new AccessError(problems.slice(0, mostProblems));
  }
  const list = read.data.rules.map((rule, index) => {
    const offset = offsetOf(document, ['rules', index]);
    return ruleOf(rule, index + 1, lines.linePos(offset).line, (sentence) => new AccessError([at(offset, sentence)]));
  });
  return { list, claimNames: [...new Set(list.flatMap(({ who }) => who.claims.map(([name]) => name)))] };
}

/** As plain data. Aliases that unfold to more than a few hundred nodes (a YAML bomb) are an error. */
function plain(document: Document.Parsed, invalid: (sentence: string) => AccessError): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    throw invalid('uses anchors and aliases too often.');
  }
}

function ruleOf(rule: FileRule, number: number, line: number, invalid: (sentence: string) => AccessError): Rule {
  const { who, tenants, refuse } = rule;
  const rooms = listed(rule.rooms).map((room) => globOf(room, normaliseRoom));
  if (rooms.some((glob) => glob.length === 1 && glob[0] === '')) throw invalid('A room has a name without a letter.');
  return {
    number,
    name: rule.name ?? `rule ${number}`,
    line,
    who: {
      everyone: who.everyone === true,
      groups: setOf(who.group),
      people: setOf(who.person, (person) => (person.includes('@') ? person.toLowerCase() : person)),
      domains: setOf(who.domain, (domain) => domain.toLowerCase().replace(/^@/, '')),
      claims: Object.entries(who.claim ?? {}).map(([name, values]) => [name, setOf(values)!] as const),
    },
    rooms,
    tenants: tenants === undefined ? null : listed(tenants).map((tenant) => globOf(tenant, normaliseTenant)),
    grant: refuse ? null : grantOf(rule),
  };
}

function grantOf({ role = 'participant', features, life = '1h', lobby, guests }: FileRule): RuleGrant {
  return {
    role,
    ...(features && { features }),
    life: secondsOf(life),
    ...(lobby && { lobby }),
    guests: guests
      ? {
          role: guests.role ?? 'participant',
          ...(guests.features && { features: guests.features }),
          life: secondsOf(guests.life ?? '1h'),
          uses: guests.uses ?? 1,
          longest: secondsOf(guests.longest ?? '7d'),
          waitForHost: guests.waitForHost ?? false,
        }
      : null,
  };
}

const listed = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

const setOf = (
  value?: string | readonly string[],
  fold = (text: string): string => text,
): ReadonlySet<string> | null => (value === undefined ? null : new Set(listed(value).map(fold)));

type Issue = z.core.$ZodIssue;
type At = (offset: number, sentence: string) => string;

function problemsOf(issue: Issue, document: Document.Parsed, at: At): string[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const name = path.at(-1);
  if (issue.code === 'unrecognized_keys') {
    const where = name === undefined ? '' : ` in ${typeof name === 'number' ? 'a rule' : name}`;
    return issue.keys.map((key) =>
      at(keyOffset(document, path, key), `${JSON.stringify(key.slice(0, 60))} is not a known word${where}.`),
    );
  }
  const subject = typeof name === 'number' ? (path.length === 2 ? 'the rule' : 'the entry') : (name ?? 'the file');
  const isMissing = path.length > 0 && document.getIn(path, true) === undefined;
  return [at(offsetOf(document, path), isMissing ? `${subject} is missing.` : `${subject}: ${issue.message}.`)];
}

/** Where a node begins, or else the nearest one around it. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function keyOffset(document: Document.Parsed, path: readonly (string | number)[], key: string): number {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isPair(item) && String(item.key) === key) : undefined;
  return isNode(pair?.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, path);
}

const sentenceOf = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
