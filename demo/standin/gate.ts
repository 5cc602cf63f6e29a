import type { JWTPayload } from 'jose';
import {
  asksToModerate,
  judgeConnecting,
  judgeJoining,
  nodeOf,
  type MeetingAddress,
  type StandinPolicy,
} from './judge.js';
import type { FromServer, Role, ToServer } from './protocol.js';
import { Room, type Seat } from './room.js';

/** One page's connection, of whatever kind. */
export interface Wire {
  send(text: string): void;
  /** Ends it, because of something that wasn't a message of the stand-in. */
  refuse(): void;
  /** Breaks it without a goodbye. */
  cut(): void;
}

/** What comes from the page at the other end. */
export interface Visit {
  hear(text: string): void;
  /** @param properly whether the page said goodbye */
  closed(properly: boolean): void;
}

export interface Gate {
  rooms: ReadonlyMap<string, Room>;
  /** The room of this key, made when it isn't there. */
  roomOf(key: string): Room;
  welcome(wire: Wire): Visit;
  /** Cuts the connections of everyone in the room, as a lost network does. */
  drop(key: string): void;
  /** Ends what still waits. */
  close(): void;
}

/** The key of a room: as the server spells it, with the tenant in brackets where there is one. */
export const roomKey = ({ room, tenant }: MeetingAddress): string =>
  tenant === null ? nodeOf(room) : `[${nodeOf(tenant)}]${nodeOf(room)}`;

/** Lets people into rooms, as the policy says: judged when they connect, and again when they join. */
export function createGate(policy: StandinPolicy, pace: number, now: () => Date = () => new Date()): Gate {
  const rooms = new Map<string, Room>();
  const sessions = new Map<Wire, { room: string; seat: Seat }>();

  function roomOf(key: string): Room {
    const existing = rooms.get(key);
    if (existing) return existing;
    const room = new Room(pace, () => rooms.delete(key));
    rooms.set(key, room);
    return room;
  }

  function roleIn(room: Room, claims: JWTPayload | null): Role {
    const { moderators = 'claims' } = policy;
    const moderator = { claims: asksToModerate(claims), first: room.seats.length === 0, everyone: claims !== null };
    return moderator[moderators] ? 'moderator' : 'participant';
  }

  function welcome(wire: Wire): Visit {
    const send = (message: FromServer): void => wire.send(JSON.stringify(message));
    const id = randomHex(4);
    const session = randomHex(16);
    let admitted: { address: MeetingAddress; claims: JWTPayload | null } | undefined;

    async function connect({ room, tenant, token, resume }: Extract<ToServer, { type: 'connect' }>): Promise<void> {
      const judgement = await judgeConnecting(token, policy, now());
      if (judgement.answer === 'silence') return;
      if (judgement.answer === 'refused') return send({ type: 'refused', stage: 'connect', text: judgement.text });
      const address = { room, tenant };
      if (resume !== undefined) return takeSeatAgain(roomKey(address), resume);
      const { claims } = judgement;
      admitted = { address, claims };
      const user = (claims?.context as { user?: { name?: string; email?: string } } | undefined)?.user;
      send({
        type: 'connected',
        id,
        session,
        ...(user?.name && { name: user.name }),
        ...(user?.email && { email: user.email }),
      });
    }

    function takeSeatAgain(key: string, lostSession: string): void {
      const seat = rooms.get(key)?.resume(lostSession, send);
      if (!seat) return send({ type: 'session-gone' });
      sessions.set(wire, { room: key, seat });
      send({ type: 'resumed' });
    }

    function join({ name, password, audioMuted, videoMuted }: Extract<ToServer, { type: 'join' }>): void {
      if (!admitted || sessions.has(wire)) return;
      const { address, claims } = admitted;
      const judgement = judgeJoining(claims, address, policy);
      if (judgement.answer === 'silence') return;
      if (judgement.answer === 'refused') return send({ type: 'refused', stage: 'join', text: judgement.text });
      const key = roomKey(address);
      const room = roomOf(key);
      if (room.password !== null && room.password !== password) return send({ type: 'password-required' });
      const seat: Seat = { id, session, name, role: roleIn(room, claims), audioMuted, videoMuted, send };
      sessions.set(wire, { room: key, seat });
      room.enter(seat);
    }

    async function take(data: string): Promise<void> {
      const message = parse(data);
      if (message.type === 'connect') return connect(message);
      if (message.type === 'join') return join(message);
      const place = sessions.get(wire);
      if (place) rooms.get(place.room)?.handle(place.seat, message);
    }

    return {
      // Only the stand-in's page sends proper messages. Anything else ends its sender's connection, and no other.
      hear: (text) => void take(text).catch(() => wire.refuse()),
      closed(properly) {
        const place = sessions.get(wire);
        sessions.delete(wire);
        if (!place) return;
        const room = rooms.get(place.room);
        if (properly) room?.leave(place.seat.id);
        else room?.lose(place.seat.id);
      },
    };
  }

  return {
    rooms,
    roomOf,
    welcome,
    drop(key) {
      for (const [wire, place] of sessions) if (place.room === key) wire.cut();
    },
    close() {
      for (const room of rooms.values()) for (const seat of room.seats) clearTimeout(seat.ghost);
    },
  };
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (one) => one.toString(16).padStart(2, '0')).join('');
}

/** Throws for anything that isn't a message. */
function parse(text: string): ToServer {
  const message: unknown = JSON.parse(text);
  if (typeof message !== 'object' || message === null || !('type' in message)) throw new TypeError('not a message');
  return message as ToServer;
}
