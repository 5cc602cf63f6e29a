import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { JitsiMeetingError, type JitsiMeetingElement } from '../../src/index.js';
import { unsignedToken } from '../support/jwt.js';
import { fakeMeeting, task, type FakeApp } from '../support/fake-meeting.js';
import { frames } from '../support/in-browser.js';
import { stat } from '../support/stats.js';

const numRuns = 40;

type Made = ReturnType<typeof stage>;

/** What a page may expect by what it did itself, told in the fewest words. */
class Model {
  wantsIn = false;
  onPage = false;
  /** Whether the element has noticed that it is on the page. */
  started = false;
  /** Which meeting was decided about last. */
  decided: string | undefined;

  constructor(private readonly meeting: JitsiMeetingElement) {}

  get target(): string {
    const { domain, room, tenant } = this.meeting;
    return [domain.toLowerCase(), tenant || null, room.trim()].filter(Boolean).join('/');
  }
  #decide(wantsIn: boolean): void {
    this.decided = this.target;
    this.wantsIn = wantsIn;
  }
  join(): void {
    if (this.onPage) this.#decide(true);
  }
  leave(): void {
    this.#decide(false);
  }
  append(): void {
    if (!this.onPage && !this.started) this.decided = undefined;
    this.onPage = true;
  }
  remove(): void {
    this.onPage = false;
  }
  /** The promises of the task have run. */
  microtasks(): void {
    if (!this.onPage) return;
    this.started = true;
    if (this.decided === this.target) return;
    this.#decide(this.wantsIn || this.meeting.loading === 'eager');
  }
  task(): void {
    this.microtasks();
    if (this.onPage) return;
    this.started = this.wantsIn = false;
    this.decided = undefined;
  }
}

function stage(loading: 'eager' | 'manual') {
  const made = fakeMeeting({ loading });
  const { meeting, world } = made;
  const places = [document.createElement('div'), document.createElement('div')];
  document.body.append(...places);
  const promises = new Set<string>();
  let calls = 0;
  return {
    ...made,
    places,
    model: new Model(meeting),
    promises,
    follow(what: string, promise: Promise<void>): void {
      const name = `${what} ${calls++}`;
      promises.add(name);
      promise.then(
        () => promises.delete(name),
        (error: unknown) => {
          promises.delete(name);
          expect(error).to.be.instanceOf(JitsiMeetingError);
        },
      );
    },
    fault(kind: 'fine' | 'hangs' | 'refused' | number): void {
      world.backend.answer = () => {
        if (kind === 'refused') throw new TypeError('refused');
        if (kind === 'hangs') return new Promise(() => {});
        return kind === 'fine' ? world.backend.token() : new Response('', { status: kind });
      };
    },
    /** Right now, whatever is going on. */
    look(): void {
      expect(frames(meeting).length, 'iframes').to.be.at.most(1);
      expect(world.apps.length, 'API objects').to.be.at.most(1);
      expect(world.backend.open, 'token requests').to.be.at.most(1);
    },
    lookForLeftovers(): void {
      const { clock, backend, apps } = world;
      expect([frames(meeting).length, apps.length, backend.open, clock.timers], 'left').to.deep.equal([0, 0, 0, 0]);
      expect([...promises], 'promises').to.deep.equal([]);
    },
    end(): void {
      for (const place of places) place.remove();
    },
  };
}

interface Step {
  name: string;
  act(made: Made): unknown;
}
const step = (name: string, act: Step['act']): Step => ({ name, act });

const put = (number: number): Step =>
  step(`append to ${number}`, ({ meeting, model, places }) => {
    places[number]!.append(meeting);
    model.append();
  });
const remove = step('remove', ({ meeting, model }) => {
  meeting.remove();
  model.remove();
});
const join = step('join()', ({ meeting, model, follow }) => {
  model.join();
  follow('join', meeting.join());
});
const leave = step('leave()', ({ meeting, model, follow }) => {
  model.leave();
  follow('leave', meeting.leave());
});
const set = (properties: Partial<JitsiMeetingElement>): Step =>
  step(JSON.stringify(properties), ({ meeting }) => Object.assign(meeting, properties));
const move = step('moveBefore()', ({ meeting, places }) => {
  const place = places.find((one) => one !== meeting.parentNode) as HTMLElement & {
    moveBefore?(node: Node, child: null): void;
  };
  if (meeting.isConnected) place.moveBefore?.(meeting, null);
});
const microtasks = step('microtasks', async ({ model }) => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  model.microtasks();
});
const aTask = step('task', async ({ model }) => {
  await task();
  model.task();
});
const pass = (ms: number): Step =>
  step(`${ms} ms`, async (made) => {
    await aTask.act(made);
    await made.world.clock.pass(ms);
  });
const app = (name: string, act: (app: FakeApp) => unknown): Step =>
  step(`the app ${name}`, ({ world }) => world.app && act(world.app));
const throwing = (act: () => unknown): void => {
  try {
    act();
  } catch (error) {
    expect(error).to.be.instanceOf(JitsiMeetingError);
  }
};

const doings: fc.Arbitrary<Step> = fc.constantFrom(
  put(0),
  put(1),
  put(0),
  remove,
  join,
  join,
  leave,
  move,
  set({ room: 'A' }),
  set({ room: 'A ' }),
  set({ room: 'B' }),
  set({ tenant: 'T' }),
  set({ tenant: '' }),
  set({ tenant: undefined }),
  set({ domain: 'other.example.org' }),
  set({ domain: 'meet.example.org' }),
  set({ domain: 'Meet.Example.org' }),
  set({ displayName: 'Ada' }),
  set({ subject: 'Weekly' }),
  step('token', ({ meeting }) => (meeting.token = unsignedToken({ room: '*' }))),
  step('renewToken()', ({ meeting, follow }) => follow('renew', meeting.renewToken())),
  step('executeCommand()', ({ meeting }) => throwing(() => meeting.executeCommand('toggleChat'))),
  app('gets in', (one) => one.inMeeting || one.join()),
  app('gets in', (one) => one.inMeeting || one.join()),
);
const pauses: fc.Arbitrary<Step> = fc.constantFrom(microtasks, microtasks, aTask, pass(20), pass(3_000));
/** Events that only the server or the person can cause. */
const mishaps: fc.Arbitrary<Step> = fc.constantFrom<Step>(
  app('is told to kick', (one) => one.kick()),
  app('hangs up', (one) => one.say('readyToClose')),
  app('reloads', (one) => one.say('ready')),
  step('the app hangs', ({ world }) => (world.hangs = true)),
  ...(['fine', 'hangs', 'refused', 401, 403, 500] as const).map((kind) =>
    step(`endpoint ${kind}`, ({ fault }) => fault(kind)),
  ),
  set({ room: '' }),
  set({ domain: 'no domain' }),
);

/** Most of what can go wrong does so in a meeting. */
const beginnings: fc.Arbitrary<Step[]> = fc.constantFrom(
  [put(0)],
  [put(0), join, pass(20), app('gets in', (one) => one.join())],
);

let sequences = 0;
const ends: Record<string, number> = {};

/** Only a pause is waited for: what has none in between is done in one task. */
async function take(steps: readonly Step[], made: Made): Promise<void> {
  for (const { act } of steps) {
    const pause = act(made);
    if (pause instanceof Promise) await pause;
    made.look();
  }
}

async function play(loading: 'eager' | 'manual', steps: readonly Step[]): Promise<Made> {
  const made = stage(loading);
  await take(steps, made);
  sequences++;
  return made;
}

const named = (steps: Step[]): Step[] =>
  Object.assign(steps, { [fc.toStringMethod]: () => steps.map(({ name }) => name).join(', ') });

function check(more: fc.Arbitrary<Step>[], property: (made: Made) => Promise<void>): Promise<void> {
  const later = fc.array(fc.oneof(doings, doings, pauses, ...more), { maxLength: 25, size: 'max' });
  const all = fc.tuple(beginnings, later).map(([beginning, steps]) => named([...beginning, ...steps]));
  return fc.assert(
    fc.asyncProperty(fc.constantFrom('eager', 'manual'), all, async (loading, steps) => {
      const made = await play(loading, steps);
      try {
        await property(made);
      } finally {
        made.end();
        await task();
      }
    }),
    { numRuns, includeErrorInReport: true },
  );
}

/** Until nothing is under way that ends by itself. */
async function calm({ world, model, look }: Made): Promise<void> {
  await task();
  model.task();
  for (let time = 0; time < 2; time++) {
    await world.settleDown(3_000);
    look();
  }
}

const where = ({ meeting, world }: Made): string => {
  if (!world.app) return 'out';
  expect(meeting.state).to.equal('joined');
  return `${world.app.domain}/${world.app.options.roomName}`;
};

describe('a page that does anything in any order', function () {
  this.timeout(120_000);
  after(() => stat(`${sequences} sequences, ending ${JSON.stringify(ends)}`));

  it('gets what it asked for last, while all works', async () => {
    await check([], async (made) => {
      await calm(made);
      const { wantsIn, target } = made.model;
      expect(where(made)).to.equal(wantsIn ? target : 'out');
      if (!wantsIn) made.lookForLeftovers();
      expect([...made.promises]).to.deep.equal([]);
      ends[made.meeting.state] = (ends[made.meeting.state] ?? 0) + 1;
    });
  });

  it('joins where it was put last, though it was told to leave while it was off the page', async () => {
    const made = await play('eager', [put(0), remove, leave, put(0)]);
    await calm(made);
    expect(where(made)).to.equal(made.model.target);
    made.end();
    await task();
  });

  const lasts: [string, Step[], 'in' | 'out' | 'gone'][] = [
    ['leave()', [leave], 'out'],
    ['another room and leave() in one task', [set({ room: 'C' }), leave], 'out'],
    ['remove()', [remove], 'gone'],
    ['another room and join() in one task', [put(0), set({ room: 'C' }), join], 'in'],
    ['leave(), then join()', [put(0), leave, join], 'in'],
    ['remove(), a task, append(), join()', [remove, aTask, put(1), join], 'in'],
  ];
  for (const [what, steps, end] of lasts) {
    it(`gets its way with ${what}, whatever failed before`, async () => {
      await check([mishaps], async (made) => {
        const { meeting, world, fault } = made;
        fault('fine');
        world.hangs = false;
        Object.assign(meeting, { domain: 'meet.example.org', tenant: undefined, room: 'A' });
        await take(steps, made);
        await calm(made);
        expect(where(made)).to.equal(end === 'in' ? made.model.target : 'out');
        if (end !== 'in') made.lookForLeftovers();
        ends[meeting.state] = (ends[meeting.state] ?? 0) + 1;
      });
    });
  }
});
