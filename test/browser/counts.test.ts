import { expect } from '@open-wc/testing';
import '../../src/index.js';
import { PageOptions } from '../../src/elements/page-options.js';
import { TargetReader } from '../../src/session/target.js';
import { freshRoom, makeMeeting, reached } from '../support/in-browser.js';

/** Counts the calls of a method, of all objects of the class, until `end`. */
function spy<Name extends string, Method extends (this: never, ...args: never[]) => unknown>(
  proto: Record<Name, Method>,
  name: Name,
) {
  const own = proto[name];
  const counted = { calls: 0, end: (): void => void (proto[name] = own) };
  proto[name] = function (this: never, ...args: never[]) {
    counted.calls++;
    return own.apply(this, args);
  } as Method;
  return counted;
}

describe('one plain join', () => {
  const parses = spy(TargetReader.prototype, 'parse');
  const options = spy(PageOptions.prototype, 'build');

  beforeEach(() => {
    parses.calls = options.calls = 0;
  });
  afterEach(() => document.querySelectorAll('jitsi-meeting').forEach((one) => one.remove()));
  after(() => {
    parses.end();
    options.end();
  });

  it('parses the target at most 3 times and builds at most 5 option objects', async () => {
    const meeting = makeMeeting();
    document.body.append(meeting);
    await reached(meeting, 'joined');
    await meeting.updateComplete;
    console.log(`one plain join: ${parses.calls} parses of the target, ${options.calls} option objects`);
    expect(parses.calls).to.be.within(1, 3);
    expect(options.calls).to.be.within(1, 5);
  });

  it('is followed by one parse a reader when the room changes, and the next meeting is in that room', async () => {
    const meeting = makeMeeting();
    document.body.append(meeting);
    await reached(meeting, 'joined');
    parses.calls = options.calls = 0;
    const next = freshRoom();
    meeting.room = next;
    await reached(meeting, 'connecting');
    await reached(meeting, 'joined');
    expect(parses.calls).to.be.within(1, 3);
    expect(options.calls).to.be.within(1, 5);
    expect(meeting.getMeetingUrl()).to.match(new RegExp(`/${next}$`));
  });
});
