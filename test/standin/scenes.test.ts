import { expect, test } from 'vitest';
import { sceneOf, stepsOf, type Scene } from '../../demo/standin/scenes.js';
import later from '../data/real-app/new-scenes.json' with { type: 'json' };
import data from '../data/real-app/scenes.json' with { type: 'json' };

const scenes = [...data, ...later] as unknown as Scene[];
const steps = (name: string) => stepsOf(scenes.find(({ scene }) => scene === name)!);
const commands = (name: string) => steps(name).flatMap((step) => ('command' in step ? [step.command] : []));

test('every event of every recording is played, in its order', () => {
  for (const scene of scenes) {
    const played = stepsOf(scene).flatMap((step) => ('event' in step ? [step.event] : []));
    expect(played).toEqual(scene.events.map(([, event]) => event).filter((event) => !event.startsWith('(')));
  }
});

test('long waits are cut, and what was apart stays apart', () => {
  for (const step of scenes.flatMap(stepsOf)) expect(step.wait).toBeLessThanOrEqual(700);
  const roles = steps('c01-valid').filter((step) => 'event' in step && step.event === 'participantRoleChanged');
  expect(roles).toHaveLength(2);
  expect(steps('c13a-hangup').filter(({ wait }) => wait > 0).length).toBeGreaterThan(10);
});

test('a recording waits for the command that was given in it', () => {
  expect(commands('c13a-hangup')).toEqual(['hangup']);
  expect(commands('c13d-hangup-before-join')).toEqual(['hangup']);
  expect(commands('c19-password')).toEqual(['password', 'password']);
  expect(commands('c18c-endConference')).toEqual(['endConference']);
  expect(commands('c11a-valid-token-prosody-restart')).toEqual([]);
  expect(commands('c26b-nonmod-hangup-button')).toEqual([]);
});

test('a token that expired in a recording has to be over, and a connection cut after that shows in the log', () => {
  const kinds = steps('c11d-expired-token-ws-drop').flatMap((step) =>
    'until' in step ? [step.until] : 'log' in step ? step.log.args : [],
  );
  expect(kinds).toEqual(['token-expired', 'Websocket closed unexpectedly']);
  const cut = (name: string) => steps(name).filter((step) => 'log' in step).length;
  expect(cut('c11a-valid-token-prosody-restart')).toBe(1);
  expect(cut('c11g-zombie-then-hangup')).toBe(1);
  expect(cut('c13a-hangup')).toBe(0);
});

test('a room names its scene, with or without the name of a run', () => {
  expect(sceneOf('scene-c01-valid', scenes)?.scene).toBe('c01-valid');
  expect(sceneOf('scene-c01-valid.2', scenes)?.scene).toBe('c01-valid');
  expect(sceneOf('scene-unknown', scenes)).toBeUndefined();
  expect(sceneOf('c01-valid', scenes)).toBeUndefined();
});
