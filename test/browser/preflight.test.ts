import { expect } from '@open-wc/testing';
import '../../src/index.js';
import type { JitsiMeetingElement, MeetingWarning } from '../../src/index.js';
import { endpoint, frames, freshRoom, makeMeeting, once, reached, standin, words } from '../support/in-browser.js';

/** An endpoint for tokens with these claims and this header; null takes one out. */
const tokensWith = (claims: object, header: object = {}): string =>
  `${endpoint().url}&claims=${encodeURIComponent(JSON.stringify(claims))}&header=${encodeURIComponent(JSON.stringify(header))}`;

/** What the stand-in is set to, without its secret. */
const deployment = {
  appId: 'my_app',
  xmppDomain: 'meet.example.com',
  domainVerification: true,
  allowEmptyToken: false,
};

afterEach(() => document.querySelectorAll('jitsi-meeting').forEach((one) => one.remove()));

interface Outcome {
  meeting: JitsiMeetingElement;
  warnings: MeetingWarning[];
  /** How many frames there ever were. */
  frames: number;
  error: NonNullable<JitsiMeetingElement['error']> | undefined;
}

/** What is said of the token: whether there is a camera is another matter, and depends on the machine. */
function hearWarnings(meeting: JitsiMeetingElement, hear: (warning: MeetingWarning) => void): void {
  meeting.addEventListener('meeting-warning', ({ detail }) => {
    if (detail.code !== 'media-blocked') hear(detail);
  });
}

/** Joins, and resolves when that has come to an end, good or bad. */
async function join(properties: Partial<JitsiMeetingElement>): Promise<Outcome> {
  const meeting = makeMeeting({ loading: 'manual', ...properties });
  const warnings: MeetingWarning[] = [];
  hearWarnings(meeting, (warning) => warnings.push(warning));
  document.body.append(meeting);
  await meeting.updateComplete;
  let made = 0;
  const count = (changes: MutationRecord[]): void => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof HTMLIFrameElement) made++;
  };
  const observer = new MutationObserver(count);
  observer.observe(meeting.shadowRoot!, { childList: true, subtree: true });
  const error = await meeting.join().then(
    () => undefined,
    (failure: Outcome['error']) => failure,
  );
  count(observer.takeRecords());
  observer.disconnect();
  return { meeting, warnings, frames: made, error };
}

const codes = (all: readonly { code: string }[] | undefined): string[] | undefined => all?.map(({ code }) => code);

describe('before the frame is made', () => {
  it('a token for another room stops it, and says which rooms', async () => {
    const room = freshRoom();
    const outcome = await join({ room, tokenUrl: endpoint('other-room').url });
    expect(outcome.error!.code).to.equal('token-rejected');
    expect(outcome.error!.findings).to.have.length(1);
    expect(outcome.error!.findings![0]).to.include({
      code: 'room-other',
      claim: 'room',
      found: '"some-other-room"',
      expected: JSON.stringify(room),
    });
    expect(outcome.frames).to.equal(0);
    expect(outcome.meeting.state).to.equal('failed');
    expect(outcome.meeting.preflight!.join).to.equal('rejected');
    expect(await words(outcome.meeting)).to.contain('for another one');
  });

  it('a header without typ is a warning, and the frame is made', async () => {
    const outcome = await join({ tokenUrl: tokensWith({}, { typ: null }) });
    expect(outcome.warnings.map(({ code }) => code)).to.deep.equal(['token-doubtful']);
    expect(codes(outcome.warnings[0]!.findings)).to.deep.equal(['typ-not-jwt']);
    expect(outcome.frames).to.equal(1);
    // The stand-in is as strict as the real server.
    expect(codes(outcome.error!.findings)).to.deep.equal(['typ-not-jwt']);
  });

  it('a proper token causes no warning, with the settings or without', async () => {
    for (const settings of [{}, { deployment }]) {
      const outcome = await join(settings);
      expect(outcome.warnings).to.deep.equal([]);
      expect(outcome.meeting.state).to.equal('joined');
      expect(outcome.meeting.preflight!.connect).to.equal('unknown');
    }
  });

  for (const [claims, code] of [
    [{ iss: 'another_app' }, 'iss-other'],
    [{ sub: 'user-17' }, 'sub-other'],
  ] as const) {
    it(`where the page says its settings, ${code} stops it`, async () => {
      const outcome = await join({ tokenUrl: tokensWith(claims), deployment });
      expect(outcome.error!.code).to.equal('token-rejected');
      expect(codes(outcome.error!.findings)).to.deep.equal([code]);
      expect(outcome.error!.hint).to.equal(outcome.error!.findings![0]!.fix);
      expect(outcome.frames).to.equal(0);
    });
  }

  it('with prejoin on, a bad token is told before the person clicks Join', async () => {
    const outcome = await join({
      tokenUrl: tokensWith({ iss: 'another_app' }),
      configOverwrite: { prejoinConfig: { enabled: true } },
      deployment,
    });
    expect(codes(outcome.error!.findings)).to.deep.equal(['iss-other']);
  });
});

describe("a refusal of the server's", () => {
  for (const [claims, expected] of [
    [{ iss: 'another_app' }, { code: 'iss-other', stage: 'connect', claim: 'iss', found: '"another_app"' }],
    [{ sub: 'user-17' }, { code: 'sub-other', stage: 'join', claim: 'sub', found: '"user-17"' }],
    [{ sub: 'elsewhere.example' }, { code: 'sub-other', stage: 'join', claim: 'sub', found: '"elsewhere.example"' }],
  ] as const) {
    it(`of ${JSON.stringify(claims)} carries the finding that fits`, async () => {
      const outcome = await join({ tokenUrl: tokensWith(claims) });
      expect(outcome.frames).to.equal(1);
      expect(outcome.error!.code).to.equal('token-rejected');
      expect(outcome.error!.findings).to.have.length(1);
      expect(outcome.error!.findings![0]).to.include({ ...expected, severity: 'error' });
      expect(outcome.error!.findings![0]!.fix).to.match(/^(Set|Put) /);
    });
  }

  it('of a wrong secret names the signature', async () => {
    const outcome = await join({ tokenUrl: endpoint('wrong-secret').url });
    expect(codes(outcome.error!.findings)).to.deep.equal(['signature-wrong']);
  });
});

it('a role that is another than the token asks for is a warning', async () => {
  const room = freshRoom();
  const first = await join({ domain: standin.modestHost, room });
  // Where there are no devices, the stand-in would have to say so.
  const muted = { startAudioMuted: true, startVideoMuted: true };
  const second = makeMeeting({ domain: standin.modestHost, room, ...muted });
  const warned = new Promise<MeetingWarning>((resolve) => hearWarnings(second, resolve));
  document.body.append(second);
  const { id } = await once<{ id: string }>(second, 'videoConferenceJoined');
  await reached(second, 'joined');
  expect(await warned).to.include({ code: 'role-differs' });
  expect(second.meetingRole).to.deep.equal({ name: 'participant', source: 'live', asked: 'moderator' });
  // As long in the room, and given what it asked for.
  expect(first.meeting.meetingRole).to.deep.equal({ name: 'moderator', source: 'live', asked: 'moderator' });
  expect(first.warnings).to.deep.equal([]);
  expect(frames(second)).to.have.length(1);
  expect(await words(second)).to.match(/should be a moderator/);
  second.api!.emit('participantRoleChanged', { id, role: 'moderator' });
  expect(await words(second)).to.equal('');
});
