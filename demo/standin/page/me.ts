import type { Media, Occupant, Role, ToServer } from '../protocol.js';
import { tell } from './host.js';
import type { OwnMedia } from './media.js';
import type { Settings } from './settings.js';

/** The person in this frame: who they are, what they have turned off, and what the host hears of it. */
export class Me {
  /** `local` until the server has given an id. */
  id = 'local';
  name: string | undefined;
  email: string | undefined;
  role: Role = 'participant';
  readonly muted: Record<Media, boolean>;

  /** @param changed called with what the others must know */
  constructor(
    { userInfo, startAudioMuted }: Settings,
    private readonly media: OwnMedia,
    private readonly changed: (news: ToServer) => void,
  ) {
    this.name = userInfo.displayName;
    this.email = userInfo.email;
    this.muted = { audio: startAudioMuted, video: true };
  }

  get asOccupant(): Occupant {
    const { id, name, role, muted } = this;
    return { id, name, role, audioMuted: muted.audio, videoMuted: muted.video };
  }

  get formattedName(): string {
    return this.name ? `${this.name} (me)` : 'me';
  }

  rename(name: string): void {
    this.name = name;
    tell('displayNameChange', { displayname: name, formattedDisplayName: this.formattedName, id: this.id });
    this.changed({ type: 'rename', name });
  }

  setEmail(email: string): void {
    this.email = email;
    tell('emailChange', { email, id: this.id });
  }

  async toggle(media: Media): Promise<void> {
    const muted = !this.muted[media];
    if (muted) this.media.stop(media);
    else if (!(await this.openMedia([media]))) return;
    this.reportMuted(media, muted);
  }

  /** @returns whether all wanted devices work */
  async openMedia(wanted: readonly Media[]): Promise<boolean> {
    const failures = await this.media.start(wanted);
    for (const { media, type, message } of failures) {
      tell(media === 'video' ? 'cameraError' : 'micError', { type, message });
      tell(media === 'video' ? 'videoAvailabilityChanged' : 'audioAvailabilityChanged', { available: false });
    }
    return failures.length === 0;
  }

  reportMuted(media: Media, muted: boolean): void {
    this.muted[media] = muted;
    tell(media === 'video' ? 'videoMuteStatusChanged' : 'audioMuteStatusChanged', { muted });
    tell('participantMuted', { id: this.id, isMuted: muted, mediaType: media });
    this.changed({ type: 'mute', media, muted });
  }

  /** The meeting is over: camera and microphone are given back. */
  switchOff(): void {
    this.media.stopAll();
    this.id = 'local';
    if (!this.muted.video) this.reportMuted('video', true);
  }
}
