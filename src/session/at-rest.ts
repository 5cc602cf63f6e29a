import type { MeetingStateName } from './machine-types.js';

export const isOver = (state: MeetingStateName): boolean => state === 'ended' || state === 'failed';

/** Nothing is under way, so that what comes next is a join. */
export const isAtRest = (state: MeetingStateName): boolean => state === 'idle' || isOver(state);
