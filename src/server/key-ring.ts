import { exportJWK, generateKeyPair } from 'jose';
import { JitsiMeetingError } from '../errors.js';
import type { PrivateKey, SigningKey } from './keys.js';

/**
 * A key and when it is used. Times are seconds since 1970, so that all processes that read the same ring switch at the
 * same moment.
 */
export type RingKey = SigningKey & {
  kid: string;
  /** From then on it signs, unless a later key does. Until then it is only published. */
  activeFrom: number;
  /** Until then it stays published; left out: as long as it is in the ring. */
  acceptedUntil?: number;
};

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

export interface KeyRing {
  /** What to store. Assign what another process stored to take it over. */
  keys: readonly RingKey[];
  /** The key that signs now. Throws `config-invalid` where there is none. */
  active(): RingKey;
  /** The private keys whose public halves Prosody may ask for: announced, active and retired ones. */
  published(): PrivateKey[];
  /** Adds a key of the active one's kind, and ends the old ones in time. Store `keys` afterwards. */
  rotate(options?: RotateOptions): Promise<RingKey>;
}

/** `now` in milliseconds. */
export function createKeyRing(keys: readonly RingKey[], { now = Date.now } = {}): KeyRing {
  const seconds = (): number => Math.floor(now() / 1000);
  return {
    keys,
    active() {
      const started = this.keys.filter((key) => key.activeFrom <= seconds());
      const newest = started.reduce<RingKey | undefined>(
        (best, key) => (!best || key.activeFrom >= best.activeFrom ? key : best),
        undefined,
      );
      if (!newest) {
        throw new JitsiMeetingError('config-invalid', 'Key ring: no key is active yet.', {
          hint: 'Give the first key of a ring an activeFrom in the past.',
        });
      }
      return newest;
    },
    published() {
      return this.keys.filter((key): key is RingKey & PrivateKey => 'privateKey' in key && !isOver(key, seconds()));
    },
    async rotate({ announce = 2 * 3600, overlap = 86_400 + 300, kid = crypto.randomUUID() } = {}) {
      const old = this.active();
      if (this.keys.some((key) => key.kid === kid)) {
        throw new JitsiMeetingError('config-invalid', `Key ring: there is a key ${JSON.stringify(kid)} already.`, {
          hint: 'Give each key a kid of its own: Prosody keeps a key it has seen without asking again.',
        });
      }
      const activeFrom = seconds() + announce;
      const key: RingKey = { ...(await newKeyLike(old)), kid, activeFrom };
      const kept = this.keys.filter((other) => !isOver(other, seconds()));
      this.keys = [...kept.map((other) => ({ acceptedUntil: activeFrom + overlap, ...other })), key];
      return key;
    },
  };
}

function isOver(key: RingKey, seconds: number): boolean {
  return key.acceptedUntil !== undefined && key.acceptedUntil <= seconds;
}

async function newKeyLike(old: SigningKey): Promise<SigningKey> {
  if ('secret' in old) {
    // Hexadecimal text: the same string goes into Prosody's configuration.
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const secret = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { secret, algorithm: old.algorithm ?? 'HS256' };
  }
  const algorithm = old.algorithm ?? 'RS256';
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateKey: await exportJWK(privateKey), kid: '', algorithm };
}
