import type {
  Branch,
  EndReason,
  Guard,
  Input,
  MachineNode,
  MeetingStateName,
  NodeName,
  Step,
} from './machine-types.js';

/**
 * The life of a meeting as a table: for every node and every input what happens next. What a node holds (a token
 * request and a script load under way, or a frame) and how long it may last is part of the node, so entering and leaving
 * nodes is all there is to starting and stopping. docs/internals/states.md is drawn from this table.
 */

export type * from './machine-types.js';

const to = (node: NodeName, reason?: EndReason): Step => (reason ? { to: node, reason } : { to: node });
const when = (guard: Guard | readonly Guard[], step: Step): Branch => ({ ...step, if: [guard].flat() as Guard[] });

/** What only a frame can say: where there is none, it comes from one already disposed of. */
const fromFrame = [
  'frameLoaded',
  'appReady',
  'appWaiting',
  'appAccepted',
  'appJoined',
  'appLeft',
  'appClosed',
  'kicked',
  'destroyed',
  'refused',
  'fatal',
  'suspect',
  'alive',
] as const satisfies readonly Input[];
const fromPreparation = ['prepared', 'unprepared'] as const satisfies readonly Input[];
/** What the device says of its network matters between two frames only; meanwhile requests wait by themselves. */
const ofNetwork = ['offline', 'online'] as const satisfies readonly Input[];
/** In a meeting neither the network nor these change anything. */
const unheeded = ['frameLoaded', 'appAccepted', ...ofNetwork] as const satisfies readonly Input[];
/** On the way out only readyToClose matters of it. */
const fromLeaving: readonly Input[] = [...fromFrame.filter((input) => input !== 'appClosed'), ...fromPreparation];

const done = [when('wasJoined', to('ended', 'host-left')), to('idle')];
const ending = {
  appClosed: to('ended', 'left'),
  kicked: to('ended', 'kicked'),
  destroyed: to('ended', 'conference-ended'),
  hide: to('ended', 'page-hidden'),
} as const satisfies MachineNode['on'];
const giveUp = [when('tokenFailed', to('ended', 'token')), to('ended', 'connection-lost')];
/** The app would reload itself later, so this needs nobody's consent; only not without end. */
const reload = [when('triesLeft', to('renewing')), ...giveUp];
/** A server that restarts takes some seconds, and the app would go on trying. */
const reloadLater = [when('triesLeft', to('backing-off')), ...giveUp];
const lost = [when('autoRejoin', to('backing-off')), ...giveUp];
const leaveFrame = {
  leave: to('leaving'),
  remove: done,
  restart: to('restarting'),
} as const satisfies MachineNode['on'];
const leaveMeeting = { ...leaveFrame, remove: to('ended', 'host-left') } as const satisfies MachineNode['on'];
/** Between two frames nobody is there to say goodbye to. */
const leaveNothing = {
  restart: to('connecting'),
  leave: to('ended', 'host-left'),
  remove: to('ended', 'host-left'),
  hide: to('ended', 'page-hidden'),
} as const satisfies MachineNode['on'];
/** Who was in the meeting before has lost it, though a waiting room came in between. */
const lostOutside = [
  when(['wasJoined', 'tokenFailed'], to('ended', 'token')),
  when('wasJoined', to('ended', 'connection-lost')),
];
const notIn = [...lostOutside, to('failed')];
const notInYet = [when(['wasJoined', 'autoRejoin'], to('backing-off')), ...notIn];
const askPerson = [when('guestCannotSignIn', to('challenged')), to('waiting')];
const openAnew = [when('wasJoined', to('renewing')), to('connecting')];
const refusedOutside = [
  when(['wasJoined', 'freshTokenMayHelp', 'triesLeft'], to('renewing')),
  ...lostOutside,
  when('freshTokenMayHelp', to('connecting')),
  to('failed'),
];
const outside = {
  ...ending,
  ...leaveFrame,
  appJoined: to('joined'),
  refused: refusedOutside,
  fatal: [when(['wasJoined', 'triesLeft'], to('backing-off')), ...notIn],
  unload: openAnew,
} as const satisfies MachineNode['on'];
const opening = {
  ...ending,
  frameLoaded: to('starting'),
  appReady: to('joining'),
  appWaiting: askPerson,
  appJoined: to('joined'),
  refused: [when('freshTokenMayHelp', to('connecting')), to('failed')],
  fatal: to('failed'),
  timeout: to('failed'),
  unload: to('connecting'),
  // The app isn't there yet to hear a goodbye.
  leave: to('idle'),
  remove: to('idle'),
  restart: to('connecting'),
} as const satisfies MachineNode['on'];
const refusedAgain = [
  when(['freshTokenMayHelp', 'triesLeft'], to('renewing')),
  when('mayTryAgain', to('backing-off')),
  ...giveUp,
];

export const machine: Record<NodeName, MachineNode> = {
  idle: {
    state: 'idle',
    holds: 'nothing',
    on: { join: to('connecting') },
    ignores: [
      'leave',
      'remove',
      'restart',
      'hide',
      'unload',
      'timeout',
      ...ofNetwork,
      ...fromPreparation,
      ...fromFrame,
    ],
  },
  connecting: {
    state: 'connecting',
    holds: 'preparation',
    on: {
      prepared: to('loading'),
      unprepared: to('failed'),
      restart: to('connecting'),
      leave: to('idle'),
      remove: to('idle'),
      hide: to('ended', 'page-hidden'),
    },
    ignores: ['join', 'unload', 'timeout', ...ofNetwork, ...fromFrame],
  },
  loading: {
    state: 'loading',
    holds: 'frame',
    timer: 'frame',
    on: opening,
    ignores: ['join', 'appAccepted', 'appLeft', 'suspect', 'alive', ...ofNetwork, ...fromPreparation],
  },
  starting: {
    state: 'loading',
    holds: 'frame',
    timer: 'app',
    on: opening,
    ignores: ['join', 'appAccepted', 'appLeft', 'suspect', 'alive', ...ofNetwork, ...fromPreparation],
  },
  joining: {
    state: 'ready',
    holds: 'frame',
    timer: 'join',
    on: {
      ...outside,
      appWaiting: askPerson,
      appAccepted: when('tokenFaultless', to('entering')),
      timeout: notInYet,
    },
    // Releases of before 2026 say ready first.
    ignores: ['join', 'frameLoaded', 'appReady', 'appLeft', 'suspect', 'alive', ...ofNetwork, ...fromPreparation],
  },
  entering: {
    state: 'ready',
    holds: 'frame',
    timer: 'conference',
    on: {
      ...outside,
      appReady: to('joining'),
      appWaiting: askPerson,
      timeout: notInYet,
    },
    ignores: ['join', 'frameLoaded', 'appAccepted', 'appLeft', 'suspect', 'alive', ...ofNetwork, ...fromPreparation],
  },
  waiting: {
    state: 'ready',
    holds: 'frame',
    on: {
      ...outside,
      appReady: to('joining'),
      appWaiting: askPerson,
      // Of all screens only prejoin gives no other sign that the person went on.
      appAccepted: [when(['onPrejoin', 'tokenFaultless'], to('entering')), when('onPrejoin', to('joining'))],
    },
    // After a sign-in's first page the app says that it left, though it never was in.
    ignores: ['join', 'frameLoaded', 'appLeft', 'suspect', 'alive', 'timeout', ...ofNetwork, ...fromPreparation],
  },
  challenged: {
    state: 'ready',
    holds: 'frame',
    timer: 'challenge',
    on: {
      ...outside,
      appReady: to('joining'),
      appWaiting: to('waiting'),
      appLeft: to('waiting'),
      timeout: notIn,
    },
    ignores: ['join', 'frameLoaded', 'appAccepted', 'suspect', 'alive', ...ofNetwork, ...fromPreparation],
  },
  joined: {
    state: 'joined',
    holds: 'frame',
    on: {
      ...ending,
      ...leaveMeeting,
      appLeft: to('parting'),
      appReady: to('interrupted'),
      refused: refusedAgain,
      fatal: reload,
      suspect: [when(['tokenOver', 'autoRejoin'], to('renewing')), when('tokenOver', to('presumed-dead'))],
      unload: to('renewing'),
    },
    ignores: ['join', ...unheeded, 'appJoined', 'appWaiting', 'alive', 'timeout', ...fromPreparation],
  },
  parting: {
    state: 'joined',
    holds: 'frame',
    timer: 'part',
    on: {
      ...ending,
      ...leaveMeeting,
      appJoined: to('joined'),
      appReady: to('interrupted'),
      refused: refusedAgain,
      fatal: reload,
      timeout: to('interrupted'),
      unload: to('renewing'),
    },
    ignores: ['join', ...unheeded, 'appWaiting', 'appLeft', 'suspect', 'alive', ...fromPreparation],
  },
  interrupted: {
    state: 'reconnecting',
    holds: 'frame',
    recovery: 'by-app',
    timer: 'interruption',
    on: {
      ...ending,
      ...leaveMeeting,
      join: to('renewing'),
      appJoined: to('joined'),
      appWaiting: askPerson,
      refused: refusedAgain,
      fatal: reload,
      timeout: lost,
      unload: to('renewing'),
    },
    ignores: [...unheeded, 'appReady', 'appLeft', 'suspect', 'alive', ...fromPreparation],
  },
  'presumed-dead': {
    state: 'reconnecting',
    holds: 'frame',
    recovery: 'in-doubt',
    on: {
      ...ending,
      ...leaveMeeting,
      join: to('renewing'),
      alive: to('joined'),
      appJoined: to('joined'),
      appReady: to('interrupted'),
      refused: refusedAgain,
      fatal: reload,
      unload: to('renewing'),
    },
    // readyToClose or ready says what comes of a leaving; until then it is as doubtful as before.
    ignores: [...unheeded, 'appLeft', 'appWaiting', 'suspect', 'timeout', ...fromPreparation],
  },
  'backing-off': {
    state: 'reconnecting',
    holds: 'nothing',
    recovery: 'paused',
    timer: 'backOff',
    on: {
      timeout: to('renewing'),
      online: to('renewing'),
      join: to('renewing'),
      ...leaveNothing,
    },
    ignores: ['unload', 'offline', ...fromPreparation, ...fromFrame],
  },
  renewing: {
    state: 'reconnecting',
    holds: 'preparation',
    recovery: 'by-frame',
    on: {
      prepared: to('frame-reloading'),
      unprepared: [when('mayTryAgain', to('backing-off')), ...giveUp],
      ...leaveNothing,
    },
    ignores: ['join', 'unload', 'timeout', ...ofNetwork, ...fromFrame],
  },
  'frame-reloading': {
    state: 'reconnecting',
    holds: 'frame',
    recovery: 'by-frame',
    timer: 'rejoin',
    on: {
      ...ending,
      ...leaveMeeting,
      appWaiting: askPerson,
      appJoined: to('joined'),
      refused: refusedAgain,
      fatal: reloadLater,
      timeout: lost,
      unload: to('renewing'),
      // What is loaded now comes to nothing; the next frame waits for the network.
      offline: to('renewing'),
    },
    ignores: [
      'join',
      'online',
      'frameLoaded',
      'appReady',
      'appAccepted',
      'appLeft',
      'suspect',
      'alive',
      ...fromPreparation,
    ],
  },
  leaving: {
    state: 'leaving',
    holds: 'frame',
    timer: 'leave',
    on: {
      appClosed: done,
      timeout: done,
      remove: done,
      hide: done,
      unload: done,
      join: to('restarting'),
    },
    ignores: ['leave', 'restart', ...ofNetwork, ...fromLeaving],
  },
  restarting: {
    state: 'leaving',
    holds: 'frame',
    timer: 'leave',
    on: {
      appClosed: to('connecting'),
      timeout: to('connecting'),
      unload: to('connecting'),
      leave: to('leaving'),
      remove: done,
      hide: to('ended', 'page-hidden'),
    },
    ignores: ['join', 'restart', ...ofNetwork, ...fromLeaving],
  },
  ended: {
    state: 'ended',
    holds: 'nothing',
    on: { join: to('connecting') },
    ignores: [
      'leave',
      'remove',
      'restart',
      'hide',
      'unload',
      'timeout',
      ...ofNetwork,
      ...fromPreparation,
      ...fromFrame,
    ],
  },
  failed: {
    state: 'failed',
    holds: 'nothing',
    on: { join: to('connecting'), leave: to('idle'), remove: to('idle') },
    ignores: ['restart', 'hide', 'unload', 'timeout', ...ofNetwork, ...fromPreparation, ...fromFrame],
  },
};

export const isOver = (state: MeetingStateName): boolean => state === 'ended' || state === 'failed';

/** Nothing is under way, so that what comes next is a join. */
export const isAtRest = (state: MeetingStateName): boolean => state === 'idle' || isOver(state);

/** The step that `input` makes at `node`; `undefined`: none. */
export function next(node: NodeName, input: Input, holds: (guard: Guard) => boolean): Step | undefined {
  const cell = machine[node].on[input];
  if (!cell) return undefined;
  const branches: readonly Branch[] = Array.isArray(cell) ? cell : [cell as Branch];
  return branches.find((branch) => branch.if?.every(holds) ?? true);
}
