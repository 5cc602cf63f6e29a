import { MeetingSession, type SessionTools } from '../../src/session/session.js';
import type { MeetingOptions } from '../../src/session/options.js';
import { explanations, tokenRules } from '../../src/session/late-parts.js';
import { FakeClock } from './clock.js';
import { FakeApi, fakeConstructor } from './fake-api.js';
import { FakeBackend } from './fake-backend.js';

// There from the start, so that a test needs to wait for the clock alone.
await Promise.all([explanations.load(), tokenRules.load()]);

export interface Told {
  name: string;
  detail: Record<string, unknown>;
}

const own = [
  'meeting-state-change',
  'token-received',
  'token-expiring',
  'token-expired',
  'token-renewed',
  'meeting-error',
  'meeting-warning',
];

/** A session with everything around it in the test's hands. */
export function makeSession(options: Partial<MeetingOptions> = {}, tools: Partial<SessionTools> = {}) {
  FakeApi.reset();
  const clock = new FakeClock();
  const backend = new FakeBackend(clock);
  const given: MeetingOptions = {
    domain: 'meet.example.org',
    room: 'team',
    source: { endpoint: { url: 'https://www.example.org/api/token' } },
    ...options,
  };
  const window = new EventTarget();
  const document = new EventTarget();
  const told: Told[] = [];
  const session = new MeetingSession(
    () => ({}) as HTMLElement,
    () => given,
    {
      clock,
      fetch: backend.fetch,
      random: () => 0.5,
      loadApi: () => Promise.resolve(fakeConstructor),
      surroundings: { window, document },
      secureContext: true,
      ...tools,
    },
  );
  for (const name of own) {
    session.addEventListener(name, (event) =>
      told.push({ name, detail: (event as CustomEvent<Record<string, unknown>>).detail }),
    );
  }
  return {
    session,
    clock,
    backend,
    options: given,
    window,
    document,
    told,
    /** The names told, state changes as `state:joined`. */
    names: (): string[] =>
      told.map(({ name, detail }) => (name === 'meeting-state-change' ? `state:${String(detail['state'])}` : name)),
    api: (): FakeApi => FakeApi.instances.at(-1)!,
  };
}
