import type { MeetingRole } from '../claims/index.js';
import type { Clock } from '../clock.js';
import type { MeetingWarning } from '../errors.js';
import type { JitsiEventName, JitsiEvents } from '../jitsi/events.js';
import type { blockedDevices } from '../jitsi/media.js';
import type { JitsiMeetExternalAPI } from '../jitsi/methods.js';
import { explanations, type Explanations } from './late-parts.js';

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
      this.#warn(({ roleDiffers }) => roleDiffers(this.role()));
    });
  }

  endRoleCheck(): void {
    this.#cancelRoleCheck();
  }

  async opened(domain: string): Promise<void> {
    const api = this.api();
    const words = await explanations.tryToLoad();
    if (!words) return;
    if (api && domain === 'meet.jit.si') this.warn(words.embedLimited);
    const origin = `https://${domain}`;
    const look = this.tools.blockedDevices ?? words.blockedDevices;
    const blocked = await look(api?.getIFrame());
    // The frame is gone, so the warning has lost its use.
    if (!api || this.api() !== api) return;
    for (const one of blocked) this.warn(words.mediaBlocked(one, origin));
  }

  heard(name: JitsiEventName, payload: unknown): void {
    if (name !== 'cameraError' && name !== 'micError') return;
    const { type } = payload as JitsiEvents['cameraError'];
    this.#warn(({ mediaFailed }) => mediaFailed(name === 'cameraError' ? 'camera' : 'microphone', String(type)));
  }

  /** At once where the words are there; a warning that can't be worded is not told. */
  #warn(make: (words: Explanations) => MeetingWarning | undefined): void {
    const tell = (words: Explanations | undefined): void => {
      const warning = words && make(words);
      if (warning) this.warn(warning);
    };
    if (explanations.now) tell(explanations.now);
    else void explanations.tryToLoad().then(tell);
  }
}
