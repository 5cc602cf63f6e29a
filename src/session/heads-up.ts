import type { MeetingRole } from '../claims/index.js';
import type { Clock } from '../clock.js';
import type { MeetingWarning } from '../errors.js';
import type { JitsiEvents } from '../jitsi/events.js';
import { blockedDevices, isKeptFrom } from '../jitsi/media.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';
import { embedLimited, mediaBlocked, mediaFailed, roleDiffers } from './warnings.js';

/** ms after joining; by then the server has sent the person's role. */
const roleSettled = 3_000;

export interface HeadsUpTools {
  clock: Clock;
  /** What looks for devices that can't be used; left out, the package's own. */
  blockedDevices?: typeof blockedDevices | undefined;
}

/** Warns about what does not stop a join but spoils the meeting: devices, the role, five minutes at meet.jit.si. */
export class HeadsUp {
  #cancelRoleCheck = (): void => {};

  constructor(
    private readonly tools: HeadsUpTools,
    private readonly api: () => JitsiMeetExternalAPI | undefined,
    private readonly role: () => MeetingRole,
    private readonly warn: (warning: MeetingWarning) => void,
  ) {}

  /** The server sends `participant` first, and `moderator` 0.1 to 0.5 s later. */
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
    const blocked = await (this.tools.blockedDevices ?? blockedDevices)(api?.getIFrame());
    // The frame is gone, so the warning has lost its use.
    if (!api || this.api() !== api) return;
    for (const one of blocked) this.warn(mediaBlocked(one, origin));
  }

  heard(name: 'cameraError' | 'micError', payload: unknown): void {
    const { type } = payload as JitsiEvents['cameraError'];
    const device = name === 'cameraError' ? 'camera' : 'microphone';
    const api = this.api();
    // The frame is gone, so the warning has lost its use.
    if (!api) return;
    const frame: HTMLIFrameElement | undefined = api.getIFrame();
    // The app believes then that the visitor forbids it.
    const isPolicy = type === 'gum.permission_denied' && frame && isKeptFrom(frame, device);
    this.warn(
      isPolicy ? mediaBlocked({ device, by: 'policy' }, new URL(frame.src).origin) : mediaFailed(device, String(type)),
    );
  }
}
