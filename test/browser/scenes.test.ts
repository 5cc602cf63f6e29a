import { expect } from '@open-wc/testing';
import type { Scene } from '../../demo/standin/scenes.js';
import type { JitsiMeetingElement } from '../../src/index.js';
import '../../src/index.js';
import { doings, expectations } from '../support/scene-expectations.js';
import { imagined, imaginedExpectations } from '../support/imagined-scenes.js';
import { asGuest, comesBack, type Expectation } from '../support/scene-kinds.js';
import { play, sendsNoToken, undergo, type Witness } from '../support/playing.js';
import { buttons, frames, sideBySide } from '../support/in-browser.js';
import { stat } from '../support/stats.js';

const files = ['scenes.json', 'new-scenes.json'];
const recorded = (
  await Promise.all(files.map(async (file) => (await (await fetch(`/test/data/real-app/${file}`)).json()) as Scene[]))
).flat();
const numberOf = ({ scene }: Scene): string => scene.split('-')[0]!;

/** Meetings that start side by side; all of them stay to the end, so that nothing that comes late is missed. */
const atOnce = 12;

function scenes(
  what: string,
  all: readonly Scene[],
  expectationOf: (scene: Scene) => Expectation,
  properties: Partial<JitsiMeetingElement> = {},
): void {
  describe(what, function () {
    this.timeout(120_000);
    const seen = new Map<string, Witness>();
    const expectedOf = (scene: Scene): Expectation =>
      sendsNoToken(scene.scene) ? asGuest(expectationOf(scene)) : expectationOf(scene);
    let asExpected = 0;

    before(async () => {
      // What takes longest comes first.
      const queue = [...all].sort((one, other) => other.events.length - one.events.length);
      await sideBySide(queue, atOnce, async (scene) => {
        const doing = doings[numberOf(scene)];
        const isRecorded = scene.events.every(([, event]) => !event.startsWith('(no log'));
        const witness = isRecorded ? play(scene, expectedOf(scene), doing, properties) : undergo(scene, doing!);
        seen.set(scene.scene, await witness);
      });
    });

    after(() => {
      for (const { meeting } of seen.values()) meeting.remove();
      stat(`${what}, as a person would expect: ${asExpected} of ${all.length}`);
    });

    for (const scene of all) {
      it(scene.scene, () => {
        holds(seen.get(scene.scene)!, expectedOf(scene));
        asExpected++;
      });
    }
  });
}

function holds({ meeting, story, states, errors, warnings, reason }: Witness, expected: Expectation): void {
  expect(story).to.deep.equal(expected.story);
  const path = expected.story.map(([state]) => state).filter((state, at, all) => state !== all[at - 1]);
  expect(states).to.deep.equal(path);
  expect(reason).to.equal(expected.reason);
  expect(errors).to.deep.equal(expected.code ? [expected.code] : []);
  expect(meeting.error?.code).to.equal(expected.code);
  expect(warnings).to.deep.equal([]);
  expect(buttons(meeting)).to.deep.equal(expected.offers);
  if (expected.role) expect(meeting.meetingRole).to.include({ name: expected.role, source: 'live' });
  const hasFrame = ['ready', 'joined'].includes(meeting.state);
  expect(frames(meeting)).to.have.length(hasFrame ? 1 : 0);
  expect(meeting.api !== undefined).to.equal(hasFrame);
}

scenes('Scenes recorded from the real app', recorded, (scene) => expectations[numberOf(scene)]!);
scenes('Scenes imagined', imagined, ({ scene }) => imaginedExpectations.get(scene)!);
// Nobody has to press Rejoin; the meeting is back as after a failure that the app told.
const silent = recorded.filter((scene) => ['c11b', 'c11d', 'c11f', 'n12'].includes(numberOf(scene)));
scenes('Scenes of a silent loss with rejoin="auto"', silent, () => comesBack, { rejoin: 'auto' });
