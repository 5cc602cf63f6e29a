import type { MeetingRole } from '../claims/index.js';
import type { Clock } from '../clock.js';
import type { MeetingWarning } from '../errors.js';
import type { JitsiEventName, JitsiEvents } from '../jitsi/events.js';
import type { blockedDevices } from '../jitsi/media.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';
import { embedLimited, mediaBlocked, mediaFailed, roleDiffers } from './warnings.js';

/** ms after joining by which the server has said which role it gives. */
const roleSettled = 3_000;

export interface HeadsUpTools {
  clock: Clock;
  blockedDevices: typeof blockedDevices;
}

/** Warns of what lets the person in, but spoils the meeting: devices, the role, five minutes at meet.jit.si. */
export class HeadsUp {
  #cancelRoleCheck = (): void => {};

  constructor(
    private readonly tools: HeadsUpTools,
    private readonly api: () => JitsiMeetExternalAPI | undefined,
    private readonly role: () => MeetingRole,
    private readonly warn: (warning: MeetingWarning) => void,
  ) {}

  /** The server says `participant` first and `moderator` 0.1 to 0.5 s later. */
  startRoleCheck(): void {
    this.endRoleCheck();
    this.#cancelRoleCheck = this.tools.clock.after(roleSettled, () => {
      const warning = roleDiffers(this.role());
      if (warning) this.warn(warning);
    });
  }

  endRoleCheck(): void {
    this.#cancelRoleCheck();
  }

  async opened(domain: string): Promise<void> {
    const api = this.api();
    if (api && domain === 'meet.jit.si') this.warn(embedLimited);
    const origin = `https://${domain}`;
    const blocked = await this.tools.blockedDevices(api?.getIFrame());
    // Nobody needs to know about a frame that is gone.
    if (!api || this.api() !== api) return;
    for (const one of blocked) this.warn(mediaBlocked(one, origin));
  }

  heard(name: JitsiEventName, payload: unknown): void {
    if (name !== 'cameraError' && name !== 'micError') return;
    const { type } = payload as JitsiEvents['cameraError'];
    this.warn(mediaFailed(name === 'cameraError' ? 'camera' : 'microphone', String(type)));
  }
}
