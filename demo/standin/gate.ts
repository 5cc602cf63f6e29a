import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { JWTPayload } from 'jose';
import { WebSocketServer, type WebSocket } from 'ws';
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

export const socketPath = '/_standin/socket';

/** The codes of a page that went away properly; anything else is a connection that broke. */
const goodbyes = [1000, 1001, 1005];

export interface Gate {
  rooms: ReadonlyMap<string, Room>;
  /** The room of this key, made when it isn't there. */
  roomOf(key: string): Room;
  /** Cuts the connections of everyone in the room, as a lost network does. */
  drop(key: string): void;
  attach(server: Server): void;
  close(): Promise<void>;
}

/** The key of a room: as the server spells it, with the tenant in brackets where there is one. */
export const roomKey = ({ room, tenant }: MeetingAddress): string =>
  tenant === null ? nodeOf(room) : `[${nodeOf(tenant)}]${nodeOf(room)}`;

/** Lets people into rooms, as the policy says: judged when they connect, and again when they join. */
export function createGate(policy: StandinPolicy, pace: number, now: () => Date = () => new Date()): Gate {
  const rooms = new Map<string, Room>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  const sessions = new Map<WebSocket, { room: string; seat: Seat }>();
  const detachments: (() => void)[] = [];

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

  function welcome(socket: WebSocket): void {
    const send = (message: FromServer): void => socket.send(JSON.stringify(message));
    const id = randomBytes(4).toString('hex');
    const session = randomBytes(16).toString('hex');
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
      sessions.set(socket, { room: key, seat });
      send({ type: 'resumed' });
    }

    function join({ name, password, audioMuted, videoMuted }: Extract<ToServer, { type: 'join' }>): void {
      if (!admitted || sessions.has(socket)) return;
      const { address, claims } = admitted;
      const judgement = judgeJoining(claims, address, policy);
      if (judgement.answer === 'silence') return;
      if (judgement.answer === 'refused') return send({ type: 'refused', stage: 'join', text: judgement.text });
      const key = roomKey(address);
      const room = roomOf(key);
      if (room.password !== null && room.password !== password) return send({ type: 'password-required' });
      const seat: Seat = { id, session, name, role: roleIn(room, claims), audioMuted, videoMuted, send };
      sessions.set(socket, { room: key, seat });
      room.enter(seat);
    }

    async function take(data: string): Promise<void> {
      const message = parse(data);
      if (message.type === 'connect') return connect(message);
      if (message.type === 'join') return join(message);
      const place = sessions.get(socket);
      if (place) rooms.get(place.room)?.handle(place.seat, message);
    }

    socket.on('message', (data) => {
      // Only the stand-in's page sends proper messages. Anything else ends its sender's connection, and no other.
      take(data.toString()).catch(() => socket.close(1008, 'not a message of the stand-in'));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      const place = sessions.get(socket);
      sessions.delete(socket);
      if (!place) return;
      const room = rooms.get(place.room);
      if (goodbyes.includes(code)) room?.leave(place.seat.id);
      else room?.lose(place.seat.id);
    });
  }

  sockets.on('connection', welcome);

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?', 1)[0] !== socketPath) return;
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
  }

  return {
    rooms,
    roomOf,
    drop(key) {
      for (const [socket, place] of sessions) if (place.room === key) socket.terminate();
    },
    attach(server) {
      server.on('upgrade', upgrade);
      detachments.push(() => server.off('upgrade', upgrade));
    },
    close() {
      for (const detach of detachments) detach();
      for (const socket of sockets.clients) socket.terminate();
      for (const room of rooms.values()) for (const seat of room.seats) clearTimeout(seat.ghost);
      return new Promise((resolve) => sockets.close(() => resolve()));
    },
  };
}

/** Throws for anything that isn't a message. */
function parse(text: string): ToServer {
  const message: unknown = JSON.parse(text);
  if (typeof message !== 'object' || message === null || !('type' in message)) throw new TypeError('not a message');
  return message as ToServer;
}
