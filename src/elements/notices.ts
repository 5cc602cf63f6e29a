import type { MeetingRole } from '../claims/index.js';
import type { DeviceProblem, MeetingWarning } from '../errors.js';
import type { JitsiEventName, JitsiEvents } from '../jitsi/events.js';
import type { MediaDevice } from '../jitsi/media.js';
import type { MessageKey } from '../locale/en.js';
import { browserOf, type Browser } from './browser.js';

type Kind = MediaDevice | 'role-differs' | 'embed-limited';
/** `both`: camera and microphone have one cause. */
export type NoticeKind = Kind | 'both';

export interface Notice {
  readonly kind: NoticeKind;
  /** Its sentences: what it is, and what to do where that depends on the browser. */
  readonly keys: readonly MessageKey[];
}

/** The notices over a running meeting: one of each kind, until its cause has passed or the visitor closes it. */
export class Notices {
  readonly #shown = new Set<Kind>();
  readonly #problems = new Map<MediaDevice, DeviceProblem>();
  readonly #muted = new Set<MediaDevice>();

  readonly #browser: Browser;

  constructor(userAgent: string) {
    this.#browser = browserOf(userAgent);
  }

  get all(): Notice[] {
    const camera = this.#shown.has('camera') ? this.#problems.get('camera') : undefined;
    const isBoth = camera !== undefined && this.#shown.has('microphone') && this.#problems.get('microphone') === camera;
    return [...this.#shown].flatMap((kind) => {
      if (isBoth && kind === 'microphone') return [];
      return [this.#notice(isBoth && kind === 'camera' ? 'both' : kind)];
    });
  }

  #notice(kind: NoticeKind): Notice {
    if (kind === 'role-differs' || kind === 'embed-limited') return { kind, keys: [kind] };
    const why = this.#problems.get(kind === 'both' ? 'camera' : kind)!;
    return { kind, keys: [`${kind}-${why}`, ...(why === 'permission' ? [`allow-${this.#browser}` as const] : [])] };
  }

  close(kind: NoticeKind): void {
    for (const one of kind === 'both' ? (['camera', 'microphone'] as const) : [kind]) this.#shown.delete(one);
  }

  /** A new meeting begins. Causes that remain will be reported again. */
  clear(): void {
    for (const one of [this.#shown, this.#problems, this.#muted]) one.clear();
  }

  warned({ code, device, why }: MeetingWarning, role: MeetingRole): void {
    // Who may not share a screen is told by the app, on trying to.
    if (code === 'media-blocked' && device && device !== 'screen' && why) {
      // When the page doesn't pass the device on, the app believes that the visitor forbids it.
      if (this.#problems.get(device) !== 'policy') this.#problems.set(device, why);
      this.#shown.add(device);
    }
    // Only fewer rights than asked for are worth a notice.
    if (code === 'role-differs' && role.asked === 'moderator') this.#shown.add(code);
    if (code === 'embed-limited') this.#shown.add(code);
  }

  /** Looks for events of the app which show that a cause has passed. */
  heard(name: JitsiEventName, payload: unknown, role: MeetingRole): void {
    switch (name) {
      case 'audioMuteStatusChanged':
        return this.#heardMuted('microphone', (payload as JitsiEvents['audioMuteStatusChanged']).muted);
      case 'videoMuteStatusChanged':
        return this.#heardMuted('camera', (payload as JitsiEvents['videoMuteStatusChanged']).muted);
      case 'deviceListChanged': {
        const { devices } = payload as Partial<JitsiEvents['deviceListChanged']>;
        if (devices?.audioInput?.length) this.#found('microphone');
        if (devices?.videoInput?.length) this.#found('camera');
        return;
      }
      case 'participantRoleChanged':
        if (role.name === role.asked) this.close('role-differs');
    }
  }

  /**
   * A device works only if it is turned on after it was off: the app calls a microphone open before it has looked for
   * one, and `available` even when it is forbidden.
   */
  #heardMuted(device: MediaDevice, muted: boolean): void {
    if (muted) this.#muted.add(device);
    else if (this.#muted.delete(device)) this.close(device);
  }

  #found(device: MediaDevice): void {
    if (this.#problems.get(device) === 'not-found') this.close(device);
  }
}
