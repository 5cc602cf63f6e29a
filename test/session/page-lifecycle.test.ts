import { describe, expect, it } from 'vitest';
import type { PolicyReport } from '../../src/jitsi/page-policy.js';
import { watchPage } from '../../src/session/page-lifecycle.js';
import { FakeClock } from '../support/clock.js';
import { CountingTarget } from '../support/fake-page.js';

function watch(ReportingObserver?: typeof globalThis.ReportingObserver) {
  const clock = new FakeClock();
  const [window, document] = [
    new CountingTarget(),
    Object.assign(new CountingTarget(), { visibilityState: 'visible' as const }),
  ];
  const told: string[] = [];
  const end = watchPage({ window, document, ReportingObserver }, clock, {
    suspect: () => told.push('suspect'),
    network: () => told.push('network'),
    clockSetBack: (jump) => told.push(`set back by ${-jump} ms`),
    hide: () => told.push('hide'),
    violation: (one) =>
      told.push(
        `against ${'type' in one && 'body' in one ? `${one.type} ${JSON.stringify(one.body)}` : one.effectiveDirective}`,
      ),
  });
  return { clock, window, document, told, end };
}

const signs = [
  ['window', new Event('offline'), ['suspect', 'network']],
  ['window', new Event('online'), ['suspect', 'network']],
  ['document', new Event('freeze'), ['suspect']],
  ['document', new Event('resume'), ['suspect']],
  [
    'document',
    Object.assign(new Event('securitypolicyviolation'), { effectiveDirective: 'frame-src' }),
    ['against frame-src'],
  ],
  ['window', Object.assign(new Event('pagehide'), { persisted: true }), ['hide']],
  ['window', Object.assign(new Event('pagehide'), { persisted: false }), []],
  ['document', new Event('visibilitychange'), []],
] as const;

describe('what happens around the page', () => {
  it.each(signs.map(([target, event, told]) => [event.type, target, event, told] as const))(
    '%s on the %s is told as what it means, and after the end no more',
    (_name, target, event, expected) => {
      const { told, end, ...around } = watch();
      around[target].dispatchEvent(event);
      expect(told).toEqual(expected);
      end();
      around[target].dispatchEvent(event);
      expect(told).toEqual(expected);
      expect([around.window.listeners, around.document.listeners, around.clock.timers]).toEqual([0, 0, 0]);
    },
  );

  it('hears of what other headers keep out from the reports of the browser, where it has them', () => {
    let report: (reports: PolicyReport[]) => void = () => {};
    const asked: unknown[] = [];
    let ended = 0;
    class ReportingObserver {
      constructor(callback: typeof report, options: unknown) {
        report = callback;
        asked.push(options);
      }
      observe = (): void => void asked.push('observe');
      disconnect = (): void => void ended++;
    }
    const { told, end } = watch(ReportingObserver as never);
    expect(asked).toEqual([{ types: ['coep', 'integrity-violation', 'csp-violation'], buffered: false }, 'observe']);
    report([{ type: 'coep', body: null }]);
    // As in Chromium, whose body has members in its JSON only.
    report([{ type: 'integrity-violation', body: { toJSON: () => ({ blockedURL: 'https://a.example' }) } as never }]);
    expect(told).toEqual(['against coep null', 'against integrity-violation {"blockedURL":"https://a.example"}']);
    end();
    expect(ended).toBe(1);
  });

  it.each([
    [600_000, 'suspect'],
    [-600_000, 'set back by 600000 ms'],
  ])('a clock that jumps by %i ms is a sleep or was set', async (jump, expected) => {
    const { clock, told } = watch();
    clock.jump(jump);
    await clock.pass(5_000);
    expect(told).toEqual([expected]);
  });

  it('is nothing where there is neither window nor document', async () => {
    const clock = new FakeClock();
    const events = {
      suspect: () => {},
      network: () => {},
      clockSetBack: () => {},
      hide: () => {},
      violation: () => {},
    };
    watchPage({ window: undefined, document: undefined }, clock, events)();
    expect(clock.timers).toBe(0);
  });
});
