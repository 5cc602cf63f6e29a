import { JitsiMeetingError } from '../errors.js';
import { parseDomain } from '../room/domain.js';
import { apiRoomName } from '../room/url.js';

/** The address of a meeting in parts; another target is another meeting. */
export interface Target {
  domain: string;
  room: string;
  tenant: string | null;
}

/** What a page says about the target; it may be wrong. */
export interface GivenTarget {
  domain?: string | undefined;
  room?: string | undefined;
  tenant?: string | undefined;
  /** An error in the markup that the options come from. */
  problem?: JitsiMeetingError | undefined;
}

/** The meeting that a page means: a target, or the error that says why there is none. */
export type Meant = { readonly key: string } & (
  | { readonly target: Target; readonly error?: undefined }
  | { readonly target?: undefined; readonly error: JitsiMeetingError }
);

/** Whether both mean the same meeting. No other place decides this. */
export function isSameMeeting(one: Meant | undefined, other: Meant | undefined): boolean {
  return one?.key === other?.key;
}

/** Reads the target from options, and parses it only when `domain`, `room`, `tenant` or `problem` changed. */
export class TargetReader {
  #given: GivenTarget = {};
  #meant: Meant | undefined;

  read({ domain, room, tenant, problem }: GivenTarget): Meant {
    const last = this.#given;
    const isUnchanged =
      domain === last.domain && room === last.room && tenant === last.tenant && problem === last.problem;
    if (this.#meant && isUnchanged) return this.#meant;
    this.#given = { domain, room, tenant, problem };
    return (this.#meant = this.parse(this.#given));
  }

  /**
   * Two spellings of one meeting (`a b` and ` a b `) have the same key. Names that give no meeting are compared as
   * given.
   */
  parse(given: GivenTarget): Meant {
    try {
      const target = targetOf(given);
      return { key: JSON.stringify(target), target };
    } catch (error) {
      const { domain, room, tenant, problem } = given;
      const key = JSON.stringify([domain, room, tenant, problem?.message]);
      return { key, error: error as JitsiMeetingError };
    }
  }
}

/** @throws JitsiMeetingError config-invalid; it names the attribute, its value and what was expected */
function targetOf({ domain, room, tenant, problem }: GivenTarget): Target {
  if (problem) throw problem;
  const parsed = parseDomain(domain ?? '');
  if (parsed.problem !== undefined) {
    throw new JitsiMeetingError('config-invalid', `The attribute ${parsed.problem}`, {
      hint: 'Set domain to the host of a Jitsi deployment, host or host:port; there is no default.',
    });
  }
  if (!room?.trim()) {
    throw new JitsiMeetingError(
      'config-invalid',
      'The attribute room is missing or empty; expected the name of a room.',
      {
        hint: 'Set room to the name of the meeting, as in its address.',
      },
    );
  }
  const target = { domain: parsed.domain, room: room.trim(), tenant: tenant || null };
  // Throws for a name that has no address.
  apiRoomName(target);
  return target;
}
