// Mounts many meetings on a page of `startSite`, one set after the other, and measures what they leave behind.
import type { CDPSession, Page } from 'playwright-core';

interface Mounting {
  /** Every element and API object that was made. */
  refs: WeakRef<object>[];
}
declare const window: Mounting & typeof globalThis;

export interface Leftovers {
  /** After garbage collection, bytes. */
  heap: number;
  documents: number;
  listeners: number;
  iframes: number;
  /** Elements and API objects that are still held. */
  objects: number;
}

export class MountingPage {
  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
    private readonly domain: string,
  ) {}

  static async open(page: Page, origin: string, domain: string): Promise<MountingPage> {
    await page.goto(origin);
    await page.evaluate(() => Object.assign(window, { refs: [] }));
    return new MountingPage(page, await page.context().newCDPSession(page), domain);
  }

  /**
   * Ten at a time; every second one is removed before it is joined. Resolves with how long those took that joined, ms.
   * @throws {Error} when one is not joined within 10 s
   */
  mount(count: number): Promise<number[]> {
    return this.page.evaluate(
      async ({ domain, mounts }) => {
        const limit = 10_000;
        const reached = (meeting: HTMLElementTagNameMap['jitsi-meeting'], ...states: string[]) =>
          new Promise<void>((resolve, reject) => {
            const tooLate = setTimeout(() => {
              const { state, room, error } = meeting;
              reject(
                new Error(`${room} is ${state} after ${limit} ms instead of ${states.join(' or ')}: ${error?.message}`),
              );
            }, limit);
            const look = (): void => {
              if (!states.includes(meeting.state)) return;
              clearTimeout(tooLate);
              meeting.removeEventListener('meeting-state-change', look);
              resolve();
            };
            meeting.addEventListener('meeting-state-change', look);
            look();
          });
        const times: number[] = [];
        const one = async (number: number): Promise<void> => {
          const start = performance.now();
          const meeting = document.createElement('jitsi-meeting');
          Object.assign(meeting, { domain, room: `mount-${number}`, tokenUrl: '/token' });
          document.body.append(meeting);
          const cut = number % 2 ? ['connecting', 'loading', 'ready'][number % 3]! : undefined;
          await reached(meeting, ...(cut ? [cut] : []), 'joined');
          if (!cut) times.push(performance.now() - start);
          window.refs.push(new WeakRef(meeting));
          if (meeting.api) window.refs.push(new WeakRef(meeting.api));
          if (number % 4 === 0) await meeting.leave();
          meeting.remove();
        };
        for (let done = 0; done < mounts; done += 10)
          await Promise.all(Array.from({ length: 10 }, (_, at) => one(done + at)));
        return times;
      },
      { domain: this.domain, mounts: count },
    );
  }

  async leftovers(): Promise<Leftovers> {
    // What is freed by one round may hold on to what the next one frees.
    for (let round = 0; round < 3; round++) await this.devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.devtools.send('Runtime.getHeapUsage');
    const { documents, jsEventListeners } = await this.devtools.send('Memory.getDOMCounters');
    const { objects, iframes } = await this.page.evaluate(() => ({
      objects: window.refs.filter((ref) => ref.deref()).length,
      iframes: document.querySelectorAll('iframe').length,
    }));
    return { heap: usedSize, documents, listeners: jsEventListeners, iframes, objects };
  }
}
