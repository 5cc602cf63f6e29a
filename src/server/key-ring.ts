import { exportJWK, generateKeyPair } from 'jose';
import { hex } from './bytes.js';
import { activeAt, coveredUntil, hasEnded, withNext, withoutKey } from './key-schedule.js';
import { checkKey, checkKid, isPrivate, type PrivateKey, type SigningKey } from './keys.js';
import { checkOptions, checkRingKeys, invalidRing } from './ring-check.js';

/**
 * A key and when it is used. Times are seconds since 1970, so that all processes that read the same ring switch at the
 * same moment.
 */
export type RingKey = SigningKey & {
  kid: string;
  /** From then on it signs, unless a later key does. Until then it is only published. */
  activeFrom: number;
  /** Until then it stays published, and may sign; left out: as long as it is in the ring. */
  acceptedUntil?: number;
};

/** Options of `rotate`. */
export interface RotateOptions {
  /**
   * Seconds until the new key signs; default two hours. Prosody has to know it by then: with `asap_key_server` it asks
   * at the first token, with `cache_keys_url` only when its copy of the JWKS gets old (`max-age`, else 6 h).
   */
  announce?: number;
  /** Seconds that the old key stays published after that; default a day and five minutes, more than any token lives. */
  overlap?: number;
  kid?: string;
}

/** Options of `revoke`. */
export interface RevokeOptions {
  /** Seconds until a new key signs where the revoked one was still to come; default two hours. */
  announce?: number;
  /** The kid of a new key, where one is needed. */
  newKid?: string;
}

/** What a signer and a key server need of a ring. */
export interface ReadonlyKeyRing {
  readonly keys: readonly RingKey[];
  /** The key that signs now; it is always among the published. Throws `config-invalid` where there is none. */
  active(): RingKey;
  /** The private keys whose public halves Prosody may ask for: announced, active and retired ones. */
  published(): PrivateKey[];
}

/** Several keys, one of which signs; they can be changed. */
export interface KeyRing extends ReadonlyKeyRing {
  /** What to store. Assign what another process stored to take it over; throws `config-invalid` for anything else. */
  keys: readonly RingKey[];
  /**
   * Adds a key of the active one's kind, and ends the old ones in time; what was announced for later is removed. Signs
   * sooner than announced where no key would be left by then. Store `keys` afterwards.
   */
  rotate(options?: RotateOptions): Promise<RingKey>;
  /**
   * Removes a key that has leaked: from now on it neither signs nor is published. Where it signs, the key that is
   * announced next takes over at once, or else a new one; resolves with the key that signs then. Store `keys`
   * afterwards, and have Prosody forget the key (docs/guides/self-hosted.md, "The night a key leaks").
   */
  revoke(kid: string, options?: RevokeOptions): Promise<RingKey>;
}

const twoHours = 2 * 3600;
const aDay = 86_400 + 300;
/** A hundred years: more would be milliseconds, or a mistake. */
const longest = 3_155_760_000;

/** `now` in milliseconds. Throws `config-invalid` for keys that can't be used as they are. */
export function createKeyRing(keys: readonly RingKey[], options: { now?: () => number } = {}): KeyRing {
  checkOptions(options, 'createKeyRing', ['now']);
  const { now = Date.now } = options;
  checkRingKeys(keys);
  const seconds = (): number => Math.floor(now() / 1000);
  return {
    ...readingOf(now),
    get keys() {
      return keys;
    },
    set keys(given) {
      checkRingKeys(given);
      keys = given;
    },
    async rotate(how: RotateOptions = {}) {
      checkOptions(how, 'rotate', ['announce', 'overlap', 'kid']);
      const { announce = twoHours, overlap = aDay, kid = crypto.randomUUID() } = how;
      checkSeconds(announce, 'announce');
      checkSeconds(overlap, 'overlap');
      checkNewKid(this.keys, kid);
      const made = await newKeyLike(this.keys.at(-1)!);
      const at = seconds();
      // A key whose end is set is not given more time: the new one signs sooner.
      const activeFrom = Math.min(at + announce, coveredUntil(this.keys, at));
      const next: RingKey = { ...made, kid, activeFrom };
      this.keys = withNext(this.keys, next, { seconds: at, overlap });
      return next;
    },
    async revoke(kid, how: RevokeOptions = {}) {
      checkOptions(how, 'revoke', ['announce', 'newKid']);
      const { announce = twoHours, newKid = crypto.randomUUID() } = how;
      checkSeconds(announce, 'announce');
      const revoked = this.keys.find((key) => key.kid === kid);
      if (!revoked) {
        const kids = this.keys.map((key) => key.kid).join(', ');
        throw invalidRing('there is no key with this kid to revoke', `Its keys are: ${kids}.`);
      }
      checkNewKid(this.keys, newKid);
      const made = await newKeyLike(revoked);
      this.keys = withoutKey(this.keys, kid, { seconds: seconds(), announce, spare: { ...made, kid: newKid } });
      return this.active();
    },
  };
}

/** What is read of a ring, from the `keys` that it has at that moment. */
export function readingOf(now: () => number): Omit<ReadonlyKeyRing, 'keys'> & ThisType<ReadonlyKeyRing> {
  const seconds = (): number => Math.floor(now() / 1000);
  return {
    active() {
      const active = activeAt(this.keys, seconds());
      if (active) return active;
      const begun = this.keys.some((key) => key.activeFrom <= seconds());
      throw begun
        ? invalidRing('every key that has begun is over', 'Add one: rotate(), or keys rotate --file keys.json')
        : invalidRing('no key is active yet', 'Give the first key of a ring an activeFrom in the past.');
    },
    published() {
      return this.keys.filter((key): key is RingKey & PrivateKey => isPrivate(key) && !hasEnded(key, seconds()));
    },
  };
}

/** Throws `config-invalid` at once where nothing could be signed with what is given. */
export function checkSigning(given: { keys?: unknown; secret?: unknown; privateKey?: unknown }): void {
  const { keys, ...single } = given;
  if (keys === undefined) return checkKey(single);
  if (single.secret !== undefined || single.privateKey !== undefined) {
    throw invalidRing('there is a key beside it', 'Give either keys, or secret, or privateKey with its kid.');
  }
  checkIsRing(keys);
}

/** The key that signs now. */
export function keyFor(given: SigningKey | { keys?: ReadonlyKeyRing }): SigningKey {
  return 'keys' in given && given.keys ? given.keys.active() : (given as SigningKey);
}

export function checkIsRing(ring: unknown): asserts ring is ReadonlyKeyRing {
  if (typeof (ring as Partial<KeyRing> | null)?.active === 'function') return;
  throw invalidRing('what is given is not a key ring', 'Make one: createKeyRing(keys), or watchKeyRing(file).');
}

function checkSeconds(value: unknown, name: string): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= longest) return;
  throw invalidRing(`${name} is not a time in whole seconds`, `Give ${name} in seconds, such as 3600 for an hour.`);
}

function checkNewKid(keys: readonly RingKey[], kid: unknown): void {
  checkKid(kid);
  if (!keys.some((key) => key.kid === kid)) return;
  throw invalidRing(
    `there is a key ${JSON.stringify(kid)} already`,
    'Give each key a kid of its own: Prosody keeps a key it has seen without asking again.',
  );
}

async function newKeyLike(old: SigningKey): Promise<SigningKey> {
  if (!isPrivate(old)) {
    // Hexadecimal text: the same string goes into Prosody's configuration.
    return { secret: hex(crypto.getRandomValues(new Uint8Array(32))), algorithm: old.algorithm ?? 'HS256' };
  }
  const algorithm = old.algorithm ?? 'RS256';
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateKey: await exportJWK(privateKey), kid: '', algorithm };
}
