import { expect } from '@open-wc/testing';
import type { Scene } from '../../demo/standin/scenes.js';
import '../../src/index.js';
import { doings, expectations, type Expectation } from '../real-app/expectations.js';
import { play, undergo, type Witness } from './playing.js';
import { buttons, frames } from './support.js';

const scenes = (await (await fetch('/test/data/real-app/scenes.json')).json()) as Scene[];
const numberOf = ({ scene }: Scene): string => scene.split('-')[0]!;
const expectationOf = (scene: Scene): Expectation => expectations[numberOf(scene)]!;

/** Meetings that start side by side; all of them stay to the end, so that nothing that comes late is missed. */
const atOnce = 12;

describe('the recorded scenes of the real app', function () {
  this.timeout(120_000);
  const seen = new Map<string, Witness>();
  let asExpected = 0;

  before(async () => {
    // What takes longest comes first.
    const queue = [...scenes].sort((one, other) => other.events.length - one.events.length);
    const worker = async (): Promise<void> => {
      for (let scene = queue.shift(); scene; scene = queue.shift()) {
        const doing = doings[numberOf(scene)];
        const isRecorded = scene.events.every(([, event]) => !event.startsWith('(no log'));
        const witness = isRecorded ? play(scene, expectationOf(scene), doing) : undergo(scene, doing!);
        seen.set(scene.scene, await witness);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  });

  after(() => {
    document.querySelectorAll('jitsi-meeting, hasty-meeting').forEach((one) => one.remove());
    console.log(`Scenes of the real app as a person would expect: ${asExpected} of ${scenes.length}`);
  });

  for (const scene of scenes) {
    it(scene.scene, async () => {
      const expected = expectationOf(scene);
      const witness = seen.get(scene.scene)!;
      const { meeting, story, states, errors, warnings, reason } = witness;
      expect(story).to.deep.equal(expected.story);
      const pathOf = expected.story.map(([state]) => state).filter((state, at, all) => state !== all[at - 1]);
      expect(states).to.deep.equal(pathOf);
      expect(reason).to.equal(expected.reason);
      expect(errors).to.deep.equal(expected.code ? [expected.code] : []);
      expect(meeting.error?.code).to.equal(expected.code);
      expect(warnings).to.deep.equal([]);
      expect(buttons(meeting)).to.deep.equal(expected.offers);
      if (expected.role) expect(meeting.meetingRole).to.include({ name: expected.role, source: 'live' });
      const hasFrame = ['ready', 'joined'].includes(meeting.state);
      expect(frames(meeting)).to.have.length(hasFrame ? 1 : 0);
      expect(meeting.api !== undefined).to.equal(hasFrame);
      asExpected++;
    });
  }
});
