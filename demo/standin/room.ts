import type { FromServer, Occupant, ToServer } from './protocol.js';

/** How long the server keeps the place of someone whose connection broke, in ms. */
const ghostLife = 60_000;

export interface Seat extends Occupant {
  /** Secret of the person in this place: with it they may take the place again after a dropped connection. */
  readonly session: string;
  send(message: FromServer): void;
  ghost?: ReturnType<typeof setTimeout>;
}

/** Everyone in one conference, and what they can do to each other. */
export class Room {
  readonly createdAt = Date.now();
  password: string | null = null;
  subject = '';
  readonly #seats = new Map<string, Seat>();

  /** @param onEmpty called when the last person, who may be a ghost, has left */
  constructor(
    private readonly pace: number,
    private readonly onEmpty: () => void,
  ) {}

  get seats(): readonly Seat[] {
    return [...this.#seats.values()];
  }

  enter(seat: Seat): void {
    const others = this.seats;
    this.#seats.set(seat.id, seat);
    seat.send({
      type: 'joined',
      role: seat.role,
      others: others.map((other) => publicFacts(other)),
      subject: this.subject,
      createdAt: this.createdAt,
    });
    this.#tellOthers(seat.id, { type: 'occupant-joined', occupant: publicFacts(seat) });
  }

  leave(id: string): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    clearTimeout(seat.ghost);
    this.#seats.delete(id);
    this.#tellOthers(id, { type: 'occupant-left', id });
    if (this.#seats.size === 0) this.onEmpty();
  }

  /** The connection broke without a goodbye: the others go on seeing this person for a while. */
  lose(id: string): void {
    const seat = this.#seats.get(id);
    if (seat) seat.ghost = setTimeout(() => this.leave(id), ghostLife * this.pace);
  }

  /** @returns the place that this session held, taken again, or undefined when it is gone */
  resume(session: string, send: Seat['send']): Seat | undefined {
    const seat = this.seats.find((one) => one.session === session);
    if (!seat) return undefined;
    clearTimeout(seat.ghost);
    delete seat.ghost;
    seat.send = send;
    return seat;
  }

  /** Does what a person in the room asks for. People who were kicked are ignored. */
  handle(seat: Seat, message: ToServer): void {
    if (this.#seats.get(seat.id) !== seat) return;
    switch (message.type) {
      case 'leave':
        this.leave(seat.id);
        break;
      case 'chat':
        this.#chat(seat, message.text, message.to);
        break;
      case 'rename':
        seat.name = message.name;
        this.#tellOthers(seat.id, { type: 'renamed', id: seat.id, name: message.name });
        break;
      case 'mute':
        seat[message.media === 'audio' ? 'audioMuted' : 'videoMuted'] = message.muted;
        this.#tellOthers(seat.id, { type: 'muted', id: seat.id, media: message.media, muted: message.muted });
        break;
      default:
        if (seat.role === 'moderator') this.#moderate(seat, message);
    }
  }

  /** @param by the moderator's id, or null when the server does it */
  kick(id: string, by: string | null): void {
    const seat = this.#seats.get(id);
    if (!seat) return;
    this.#tellOthers(id, { type: 'occupant-kicked', id, by });
    seat.send({ type: 'kicked', by });
    this.leave(id);
  }

  end(): void {
    this.#dismiss({ type: 'ended' });
  }

  restart(): void {
    this.#dismiss({ type: 'restart' });
  }

  #moderate(seat: Seat, message: ToServer): void {
    switch (message.type) {
      case 'subject':
        this.subject = message.subject;
        for (const one of this.seats) one.send({ type: 'subject', subject: this.subject });
        break;
      case 'kick':
        if (message.id !== seat.id) this.kick(message.id, seat.id);
        break;
      case 'end':
        this.end();
        break;
      case 'lock':
        this.password = message.password || null;
    }
  }

  #chat(seat: Seat, text: string, to: string | undefined): void {
    const line = { type: 'chat', from: seat.id, text, stamp: new Date().toISOString() } as const;
    if (to === undefined) this.#tellOthers(seat.id, { ...line, private: false });
    else this.#seats.get(to)?.send({ ...line, private: true });
  }

  #dismiss(message: FromServer): void {
    for (const seat of this.seats) {
      seat.send(message);
      clearTimeout(seat.ghost);
    }
    this.#seats.clear();
    this.onEmpty();
  }

  #tellOthers(id: string, message: FromServer): void {
    for (const seat of this.seats) if (seat.id !== id) seat.send(message);
  }
}

function publicFacts({ id, name, role, audioMuted, videoMuted }: Occupant): Occupant {
  return { id, name, role, audioMuted, videoMuted };
}
