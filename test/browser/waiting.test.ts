import { expect } from '@open-wc/testing';
import { JitsiMeetingError, type JitsiMeetingElement } from '../../src/index.js';
import { errorCodes, errorDetails, type ErrorCode, type JitsiMeetingErrorOptions } from '../../src/errors.js';
import { gallery } from '../support/gallery.js';
import { fakeMeeting } from '../support/fake-meeting.js';

const places: HTMLElement[] = [];
afterEach(() => places.splice(0).forEach((one) => one.remove()));

function place<Kind extends 'div' | 'input'>(kind: Kind): HTMLElementTagNameMap[Kind] {
  const made = document.body.appendChild(document.createElement(kind));
  places.push(made);
  return made;
}

/** On the page, with what its screen says to a person. */
async function put(properties: Partial<JitsiMeetingElement> = {}, prepare: (made: Made) => void = () => {}) {
  const made = fakeMeeting(properties);
  prepare(made);
  const { meeting, world } = made;
  place('div').append(meeting);
  /** As drawn by now. */
  const root = async (): Promise<ShadowRoot> => {
    await world.clock.pass(0);
    await meeting.updateComplete;
    return meeting.shadowRoot!;
  };
  const texts = async (selector: string): Promise<string[]> =>
    [...(await root()).querySelectorAll(selector)].map((one) => one.textContent!.replaceAll(/\s+/g, ' ').trim());
  const text = async (selector: string): Promise<string> => (await texts(selector)).join('|');
  const press = async (name: string): Promise<void> => {
    const buttons = [...(await root()).querySelectorAll<HTMLElement>('button, summary')];
    buttons.find((one) => one.textContent!.trim() === name)!.click();
  };
  await root();
  return { ...made, root, text, press };
}
type Made = ReturnType<typeof fakeMeeting>;

const never = (): Promise<never> => new Promise(() => {});
const fail = (code: ErrorCode, options: Partial<JitsiMeetingErrorOptions> = {}) => ({
  asked: 0,
  /** Fails the first time. */
  provider() {
    return this.asked++ === 0
      ? Promise.reject(new JitsiMeetingError(code, 'no', { hint: '', ...options }))
      : Promise.resolve('');
  },
});

it('gives each button its own words, also where the page gives one none', async () => {
  const made = await put({ tokenProvider: never, messages: { retry: '' } });
  made.world.network(false);
  const buttons = [...(await made.root()).querySelectorAll('button')].map((button) => button.textContent);
  expect(buttons).to.deep.equal(['', 'Cancel']);
});

it('shows what a page without types gives in place of words as text', async () => {
  const messages = { retry: 5, cancel: null, 'offline-title': ['<b>'] } as unknown as JitsiMeetingElement['messages'];
  const made = await put({ tokenProvider: never, messages });
  made.world.network(false);
  expect(await made.text('h2')).to.equal('<b>');
  expect(await made.text('button')).to.equal('5|Cancel');
});

it('sets names apart that are written the other way round, or turn words round', async () => {
  const title = async (subject: string): Promise<string> => (await put({ subject, tokenProvider: never })).text('h2');
  expect(await title('Weekly planning')).to.equal('Joining “Weekly planning”');
  for (const name of ['غرفة 1', '\u202egpj.exe', 'Team (2)'])
    expect(await title(name)).to.equal(`Joining “\u2068${name}\u2069”`);
  expect(await title('a\u2069\u202eb'), 'which ends that').to.equal('Joining “\u2068a\u202eb\u2069”');
});

describe('what it waits for', () => {
  const steps = 'li:is(.done, .now, .later)';
  const marked = async ({ root }: { root: () => Promise<ShadowRoot> }): Promise<string[]> =>
    [...(await root()).querySelectorAll(steps)].map(
      (step) =>
        `${step.className}: ${step
          .querySelector('span')!
          .textContent!.trim()
          .replace(/, done$/, '')}`,
    );

  it('is told after 3 s, and each step is done when it is', async () => {
    const made = await put({ tokenProvider: never });
    await made.world.clock.pass(2_900);
    expect(await marked(made)).to.deep.equal([]);
    await made.world.clock.pass(200);
    expect(await marked(made)).to.deep.equal([
      'done: Meeting server reached',
      'now: Checking your access…',
      'later: Opening the meeting…',
    ]);
  });

  it('is the script where the token came first', async () => {
    let arrive = (): void => {};
    const made = await put({}, ({ world }) => (world.script = new Promise((resolve) => (arrive = resolve))));
    await made.world.clock.pass(3_000);
    expect(await marked(made)).to.deep.equal([
      'now: Reaching the meeting server…',
      'done: Access checked',
      'later: Opening the meeting…',
    ]);
    arrive();
    expect(await marked(made)).to.deep.equal([
      'done: Meeting server reached',
      'done: Access checked',
      'now: Opening the meeting…',
    ]);
  });

  it('is no access for a guest', async () => {
    const made = await put({ tokenUrl: undefined }, ({ world }) => (world.script = never()));
    await made.world.clock.pass(700);
    expect(await made.text('.sheet [part=message], [role=status]')).to.equal(
      'Opening the meeting…|Opening the meeting…',
    );
    await made.world.clock.pass(2_300);
    expect(await marked(made)).to.deep.equal(['now: Reaching the meeting server…', 'later: Opening the meeting…']);
  });

  it('can be given up after 8 s, and left for another tab when the app takes 10', async () => {
    const { world, text, press, meeting } = await put();
    await world.clock.pass(7_900);
    expect(await text('.actions > *:not(slot)')).to.equal('');
    await world.clock.pass(100);
    expect(await text('.actions > *:not(slot)')).to.equal('Cancel');
    await world.clock.pass(2_000);
    expect(await text('.actions > *:not(slot)')).to.equal('Open in a new tab|Cancel');
    await press('Cancel');
    expect(meeting.state).to.equal('idle');
  });

  it('leaves the keyboard on Cancel when the other way comes', async () => {
    const { world, root, meeting } = await put();
    await world.clock.pass(9_000);
    (await root()).querySelector('button')!.focus();
    await world.clock.pass(1_000);
    expect((await root()).querySelectorAll('.actions > .button')).to.have.length(1);
    expect(meeting.shadowRoot!.activeElement?.textContent).to.equal('Cancel');
  });
});

describe('what passes by itself', () => {
  const minute = 60_000;
  const cases: [ErrorCode, Partial<JitsiMeetingErrorOptions>, RegExp, longest: number][] = [
    ['token-rate-limited', { retryAfter: 40_000 }, /You can try again in 4\d seconds\./, 48_000],
    ['token-server', { retryAfter: 20_000 }, /Trying again in 2\d seconds/, 24_000],
    ['token-server', { retryAfter: 10 * minute }, /Trying again in 1[012] minutes/, 12 * minute],
    ['token-server', { retryAfter: 300 * minute }, /Trying again at \d+:\d+/, 360 * minute],
    ['token-rate-limited', { retryAfter: 300 * minute }, /You can try again in [56] hours\./, 360 * minute],
    ['conference-failed', { detail: 'room-full' }, /Trying again in 1\d seconds/, 18_000],
    ['conference-failed', { detail: 'not-begun' }, /Trying again in 1\d seconds/, 18_000],
  ];
  for (const [code, options, says, longest] of cases) {
    it(`goes on by itself, and says when: ${options.detail ?? code} ${options.retryAfter ?? ''}`, async () => {
      const outcome = fail(code, { retryable: true, ...options });
      const { text, world } = await put({ tokenProvider: () => outcome.provider() });
      const screen = await text('.sheet [part=message], .note');
      expect(screen).to.match(says);
      await world.clock.pass(5_000);
      if (screen.includes('seconds')) expect(await text('.sheet [part=message], .note')).not.to.equal(screen);
      expect(outcome.asked).to.equal(1);
      await world.clock.pass(longest);
      expect(outcome.asked).to.equal(2);
    });
  }

  it('is left to the person after a day, and what is not a time is none', async () => {
    for (const [retryAfter, says] of [
      [2_880 * minute, 'You can try again in 2 days.'],
      [Infinity, 'Please try again in a minute.'],
      [NaN, 'Please try again in a minute.'],
    ] as const) {
      const outcome = fail('token-rate-limited', { retryable: true, retryAfter });
      const { text, world, meeting } = await put({ tokenProvider: () => outcome.provider() });
      expect(await text('.sheet [part=message], .note')).to.equal(`Many people are joining. ${says}`);
      await world.clock.pass(60 * minute);
      expect(outcome.asked).to.equal(1);
      meeting.remove();
    }
  });

  it('makes no button another one', async () => {
    let isSlow = false;
    const error = new JitsiMeetingError('token-server', 'no', { hint: '', retryable: true, retryAfter: 20_000 });
    const { root, world } = await put({ tokenProvider: () => (isSlow ? never() : Promise.reject(error)) });
    const [retry] = (await root()).querySelectorAll('button');
    expect(retry!.textContent).to.equal('Try again');
    isSlow = true;
    await world.clock.pass(24_000);
    expect([...(await root()).querySelectorAll('.actions button')].map((one) => one.textContent)).to.deep.equal([
      'Cancel',
    ]);
    expect(retry!.textContent, 'what a finger is on').to.equal('Try again');
  });

  it('can be given up', async () => {
    const outcome = fail('token-server', { retryable: true, retryAfter: 20_000 });
    const { press, world, meeting } = await put({ tokenProvider: () => outcome.provider() });
    await press('Cancel');
    await world.clock.pass(minute);
    expect(meeting.state).to.equal('idle');
    expect(outcome.asked).to.equal(1);
  });

  it('joins when the token begins, and says from when on', async () => {
    const { text, world, meeting } = await put({}, ({ world: { backend, clock } }) => {
      backend.claims = { room: '*', nbf: clock.now() / 1000 + 600 };
    });
    expect(await text('.sheet [part=message], .note')).to.match(
      /You can join from .+\. If it’s later .+\|Trying again in 10 minutes/,
    );
    await world.clock.pass(9 * minute);
    expect(meeting.state).to.equal('failed');
    await world.clock.pass(minute + 1_000);
    expect(meeting.state).to.equal('loading');
  });

  it('waits for the device, and says so, when the time has come', async () => {
    const outcome = fail('token-server', { retryable: true, retryAfter: 20_000 });
    const { text, world } = await put({ tokenProvider: () => outcome.provider() });
    world.network(false);
    await world.clock.pass(24_000);
    expect(await text('h2, button')).to.equal('You’re offline|Try again|Cancel');
    expect(outcome.asked).to.equal(1);
    world.network(true);
    await world.clock.pass(0);
    expect(outcome.asked).to.equal(2);
  });

  it('goes on when the device is back', async () => {
    const { text, world, meeting } = await put({}, (made) => (made.world.isOnline = false));
    expect(await text('.sheet [part=message]')).to.equal('The meeting continues as soon as you’re back.');
    world.network(true);
    await world.clock.pass(0);
    expect(meeting.state).to.equal('loading');
  });
});

describe('a press', () => {
  it('that fails at once is answered by another screen, for 0.6 s', async () => {
    const error = new JitsiMeetingError('token-network', 'no', { hint: '', retryable: true });
    const { text, press, world } = await put({ tokenProvider: () => Promise.reject(error) });
    await world.clock.pass(1_000);
    expect(await text('h2')).to.equal('We can’t reach this site');
    await press('Try again');
    expect(await text('h2')).to.equal('Joining “A”');
    await world.clock.pass(599);
    expect(await text('h2')).to.equal('Joining “A”');
    await world.clock.pass(1);
    expect(await text('h2')).to.equal('We can’t reach this site');
  });

  it('on Copy is answered by Copied, for 2 s; where copying is forbidden, what is to be copied is marked', async () => {
    const { clipboard } = navigator;
    const given: string[] = [];
    const own = (writeText: (text: string) => Promise<void>): void =>
      void Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    try {
      own((copied) => (given.push(copied), Promise.resolve()));
      const { text, press, world } = await put({ tokenProvider: () => fail('token-forbidden').provider() });
      await press('Copy');
      expect(given.join()).to.contain('Code: token-forbidden');
      expect(await text('.copy')).to.equal('Copied');
      await world.clock.pass(2_000);
      expect(await text('.copy')).to.equal('Copy');
      own(() => Promise.reject(new Error('no')));
      await press('Details for support');
      await press('Copy');
      expect(await text('.copy')).to.equal('Copy');
      expect(String(getSelection())).to.contain('token-forbidden');
    } finally {
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    }
  });
});

describe('the address of support', () => {
  const offered = async (supportUrl: string): Promise<string | null | undefined> => {
    const { root } = await put({ supportUrl, tokenProvider: () => fail('token-forbidden').provider() });
    return (await root()).querySelector('a[part=button]')?.getAttribute('href');
  };
  const good = ['https://www.example.org/help', 'mailto:help@example.org', `${location.origin}/help`];
  for (const url of good) {
    it(`may be ${new URL(url).protocol} ${url === good[2] ? 'of this origin' : ''}`, async () => {
      expect(await offered(url)).to.equal(url);
    });
  }
  it('may be relative', async () => {
    expect(await offered('/help')).to.equal(`${location.origin}/help`);
  });

  for (const url of [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'http://www.example.org/help',
    'https://name:secret@www.example.org/',
    'tel:110',
  ]) {
    it(`may not be ${url}: config-invalid, and no link`, async () => {
      const { meeting, root, world } = await put({ supportUrl: url });
      await world.clock.pass(10);
      expect(meeting.error?.code).to.equal('config-invalid');
      expect(meeting.error?.message).to.contain('support-url');
      expect((await root()).querySelector('a')).to.equal(null);
    });
  }
});

it('an address to sign in at that code of the page throws is no script and holds no password', async () => {
  const href = async (signInUrl: string): Promise<string | null | undefined> => {
    const outcome = fail('token-auth-required', { status: 401, signInUrl });
    const { root } = await put({ tokenProvider: () => outcome.provider(), signInUrl: '/of-the-page' });
    return (await root()).querySelector('.actions a')?.getAttribute('href');
  };
  for (const good of ['https://www.example.org/login', 'http://127.0.0.1:3000/login'])
    expect(await href(good)).to.equal(good);
  expect(await href('/login')).to.equal(`${location.origin}/login`);
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'https://name:secret@www.example.org/'])
    expect(await href(bad), bad).to.equal(`${location.origin}/of-the-page`);
});

describe('what failed', () => {
  for (const name of [...errorCodes, ...errorDetails]) {
    it(`is a state for CSS, until the next attempt: ${name}`, async () => {
      const meeting = await gallery.find((one) => one.name === name)!.show(place('div'));
      const { code, detail } = meeting.error!;
      expect([code, detail]).to.include(name);
      for (const one of [code, detail ?? code, 'failed']) expect(meeting.matches(`:state(${one})`), one).to.equal(true);
      await meeting.leave();
      expect(meeting.matches(`:state(${code})`)).to.equal(false);
      expect(meeting.matches(':state(idle)')).to.equal(true);
    });
  }
});

describe('the focus of a person elsewhere on the page', () => {
  it('stays there, whatever screen comes', async () => {
    const field = place('input');
    field.focus();
    for (const { name, show } of gallery) {
      const around = place('div');
      await show(around);
      expect(document.activeElement, name).to.equal(field);
      around.remove();
      expect(document.activeElement, `${name}, removed`).to.equal(field);
    }
  });
});

describe('a screen reader is told', () => {
  it('only what lasts 0.7 s, one sentence at a time, and each once', async () => {
    const told: string[] = [];
    const { meeting, world, root } = await put({ loading: 'click' });
    const line = (await root()).querySelector('[role=status]')!;
    const watch = async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= 100) {
        await world.clock.pass(100);
        await meeting.updateComplete;
        const text = line.textContent!.trim();
        if (text && text !== told.at(-1)) told.push(text);
      }
    };
    void meeting.join();
    await watch(300);
    expect(meeting.state).to.equal('loading');
    await watch(300);
    world.app!.say('ready');
    await watch(600);
    expect(told, 'what passed').to.deep.equal([]);
    world.app!.say('videoConferenceJoined', { id: 'me' });
    await watch(600);
    expect(told, 'what may pass').to.deep.equal([]);
    await watch(200);
    expect(told).to.deep.equal(['You are in the meeting.']);
    await watch(5_000);
    expect(line.textContent!.trim(), 'so that nobody reads it again').to.equal('');
    world.app!.say('readyToClose');
    await watch(5_000);
    expect(told).to.deep.equal(['You are in the meeting.', 'You left the meeting']);
    expect(meeting.shadowRoot!.querySelectorAll('[aria-live], [role=status], [role=alert]')).to.have.length(1);
  });
});
