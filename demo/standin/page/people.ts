import type { FromServer, Occupant } from '../protocol.js';
import { tell } from './host.js';

/** How long after someone left the app says so in a notice, in ms. */
const leaveNotice = 1800;

type OfOthers = Extract<
  FromServer,
  { type: 'occupant-joined' | 'occupant-left' | 'occupant-kicked' | 'renamed' | 'muted' }
>;

/** The others in the meeting, and what the host hears of them. */
export class People {
  readonly #others = new Map<string, Occupant>();

  constructor(
    private readonly me: () => { id: string; name: string | undefined },
    private readonly after: (ms: number, act: () => void) => void,
  ) {}

  get others(): readonly Occupant[] {
    return [...this.#others.values()];
  }

  nameOf(id: string | null): string {
    if (id === null) return 'the server';
    const me = this.me();
    return (id === me.id ? me.name : this.#others.get(id)?.name) ?? 'Fellow Jitster';
  }

  hear(message: OfOthers): void {
    switch (message.type) {
      case 'occupant-joined':
        this.meet(message.occupant);
        break;
      case 'occupant-left':
        this.#part(message.id);
        break;
      case 'occupant-kicked': {
        const { id, by } = message;
        tell('participantKickedOut', {
          kicked: { id, local: false, name: this.nameOf(id) },
          kicker: { id: by, local: by === this.me().id, name: this.nameOf(by) },
        });
        break;
      }
      case 'renamed': {
        const { id, name } = message;
        this.#change(id, { name });
        tell('displayNameChange', { displayname: name, formattedDisplayName: name, id });
        break;
      }
      case 'muted': {
        const { id, media, muted } = message;
        this.#change(id, media === 'audio' ? { audioMuted: muted } : { videoMuted: muted });
        tell('participantMuted', { id, isMuted: muted, mediaType: media });
      }
    }
  }

  meet(occupant: Occupant): void {
    const { id, name } = occupant;
    this.#others.set(id, occupant);
    tell('participantJoined', { id, displayName: name, formattedDisplayName: name ?? 'Fellow Jitster' });
    tell('avatarChanged', { id });
  }

  /** This person is no longer in the meeting. */
  partFromAll(): void {
    for (const id of this.#others.keys()) tell('participantLeft', { id });
    this.#others.clear();
  }

  #part(id: string): void {
    if (!this.#others.delete(id)) return;
    tell('participantLeft', { id });
    this.after(leaveNotice, () => tell('notificationTriggered', { title: 'notify.leftOneMember' }));
  }

  #change(id: string, facts: Partial<Occupant>): void {
    const occupant = this.#others.get(id);
    if (occupant) this.#others.set(id, { ...occupant, ...facts });
  }
}
