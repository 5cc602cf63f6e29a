import { expect, it } from 'vitest';
import { JitsiMeetingElement, propertyNames } from '../../src/index.js';
import { sortProps } from '../../src/react/props.js';

it('passes every property of the element on to it', () => {
  expect([...propertyNames].sort()).toEqual([...JitsiMeetingElement.elementProperties.keys()].sort());
});

it('tells properties, handlers and what every element takes apart', () => {
  const listener = (): void => {};
  expect(
    sortProps({
      room: 'Team',
      onMeetingStateChange: listener,
      onVideoConferenceJoined: listener,
      onReadyToClose: undefined,
      onClick: listener,
      id: 'meeting',
    }),
  ).toEqual({
    own: { room: 'Team' },
    listeners: [
      ['meeting-state-change', listener],
      ['videoConferenceJoined', listener],
    ],
    others: { onClick: listener, id: 'meeting' },
  });
});
