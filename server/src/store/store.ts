import type { Place } from '../access/decide.js';
import type { Invitation } from '../invitations/invitation.js';

/**
 * What several processes have to know together. Where it can't be known, what could let somebody in twice is refused:
 * such a method rejects with a `StoreAway`.
 */
export interface Store {
  readonly state: 'memory' | 'connected' | 'away';
  /** Whether an id is used for the first time. `expiresAt`: seconds since 1970. Rejects with `StoreAway`. */
  firstUse(id: string, expiresAt: number): Promise<boolean>;
  /** From now on the session is over. While Redis is away, only this process knows. */
  endSession(id: string, expiresAt: number): Promise<void>;
  hasEnded(id: string): Promise<boolean>;
  /** A moderator has got a token for the room. While Redis is away, only this process knows. */
  hostCame(place: Place, seconds: number): Promise<void>;
  isHostThere(place: Place): Promise<boolean>;
  /** All of these reject with `StoreAway`. */
  invitations: Invitations;
  close(): Promise<void>;
}

export interface Invitations {
  save(ref: string, invitation: Invitation): Promise<void>;
  find(ref: string): Promise<StoredInvitation | null>;
  /** Takes one of the uses that are left; `false` when none is. Only one of several at once gets the last one. */
  use(ref: string): Promise<boolean>;
  /** Whether there was one. */
  revoke(ref: string): Promise<boolean>;
  /** Of one room, the ones that are not over. */
  ofRoom(place: Place): Promise<(StoredInvitation & { ref: string })[]>;
}

export interface StoredInvitation {
  invitation: Invitation;
  /** Uses that are left. */
  left: number;
}

/** Redis can't be asked right now, and without it the answer would be a guess. */
export class StoreAway extends Error {
  static {
    this.prototype.name = 'StoreAway';
  }
}

export const nameOf = ({ room, tenant }: Place): string => `${tenant ?? ''}/${room}`;
