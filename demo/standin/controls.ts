import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { readFaults, type Faults } from './faults.js';
import { roomKey, type Gate } from './gate.js';

/**
 * What a test can do to the stand-in from outside, on any origin:
 *
 * - `GET /rooms`: `[{room, locked, occupants: [{id, name, role, ghost}]}]`; a ghost has lost its connection
 * - `POST /fault {script?, frame?, warmUp?}`, `GET /fault`: see {@link Faults}; `none` heals
 * - `POST /rooms/ROOM/ACTION` (with `?tenant=`): `kick-all`, `end`, `drop` (cuts every connection), `restart` (the
 *   app loses its focus, and reloads), `die` (the page goes silent), `lock` with `{password}` (null unlocks)
 */
export function controls(gate: Gate, faults: Faults): Hono {
  const app = new Hono();
  app.use(cors());

  app.get('/rooms', (c) =>
    c.json(
      [...gate.rooms].map(([room, { password, seats }]) => ({
        room,
        locked: password !== null,
        occupants: seats.map(({ id, name, role, ghost }) => ({ id, name, role, ghost: ghost !== undefined })),
      })),
    ),
  );

  app.get('/fault', (c) => c.json(faults));
  app.post('/fault', async (c) => {
    try {
      return c.json(Object.assign(faults, readFaults(await c.req.json())));
    } catch (error) {
      return c.text(String(error), 400);
    }
  });

  app.post('/rooms/:room/:action', async (c) => {
    const key = roomKey({ room: c.req.param('room'), tenant: c.req.query('tenant') ?? null });
    const action = c.req.param('action');
    if (action === 'lock') {
      const { password } = await c.req.json<{ password: string | null }>();
      gate.roomOf(key).password = password;
      return c.body(null, 204);
    }
    const room = gate.rooms.get(key);
    if (!room) return c.text(`No one is in room "${key}".`, 404);
    switch (action) {
      case 'kick-all':
        for (const seat of room.seats) room.kick(seat.id, null);
        break;
      case 'end':
        room.end();
        break;
      case 'restart':
        room.restart();
        break;
      case 'die':
        for (const seat of room.seats) seat.send({ type: 'die' });
        break;
      case 'drop':
        gate.drop(key);
        break;
      default:
        return c.text(`No action "${action}": kick-all, end, restart, die, drop, lock.`, 404);
    }
    return c.body(null, 204);
  });
  return app;
}
