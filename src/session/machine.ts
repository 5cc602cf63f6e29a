import type { Branch, Cell, Effect, EndReason, Guard, Input, MachineNode, NodeName, Step } from './machine-types.js';

/**
 * The life of a meeting as a table: it says for every node and every input what happens next. A node says what it holds
 * (a token request and a script load, or a frame), how long it may last, and which effects belong to entering and
 * leaving it. A step names only its own effects. docs/internals/states.md is made from this table.
 */

export { isAtRest, isOver } from './at-rest.js';
export type * from './machine-types.js';

const to = (node: NodeName, reason?: EndReason): Step => (reason ? { to: node, reason } : { to: node });
const doing = (step: Step, ...effects: Effect[]): Step => ({ ...step, do: effects });
const when = (guard: Guard | readonly Guard[], step: Step): Branch => ({ ...step, if: [guard].flat() as Guard[] });
/** A part of an `on`. */
type Steps = Partial<Record<Input, Cell>>;
/**
 * The answers of a node: its steps, and the inputs that it ignores on purpose. An input that is in both does not
 * compile.
 */
const answers = <Given extends Steps, const Names extends readonly Exclude<Input, keyof Given>[]>(
  steps: Given,
  ...ignored: Names
): Given & Record<Names[number], 'ignored'> => ({
  ...steps,
  ...(Object.fromEntries(ignored.map((name) => [name, 'ignored'])) as Record<Names[number], 'ignored'>),
});

/** Inputs that only a frame sends: in a node without a frame they come from one that was removed. */
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
/** The device's network matters only between two frames; requests wait for it by themselves. */
const ofNetwork = ['offline', 'online'] as const satisfies readonly Input[];
/** Inputs that change nothing in a meeting. */
const unheeded = ['frameLoaded', 'appAccepted', ...ofNetwork] as const satisfies readonly Input[];
/** Where nothing is under way, these change nothing. */
const unheededAtRest = [
  'restart',
  'sourceCame',
  'hide',
  'unload',
  'timeout',
  ...ofNetwork,
  ...fromPreparation,
  ...fromFrame,
] as const satisfies readonly Input[];
/** Inputs that change nothing while the app says goodbye: only readyToClose matters then. */
const fromLeaving = [...fromFrame, ...fromPreparation].filter((input) => input !== 'appClosed');

/** Another meeting begins, or the same one anew. */
const anew = (step: Step): Step => doing(step, 'beginAnew', 'forgetUnlessLost');
const restartAtOnce = doing(to('connecting'), 'dropCommands', 'beginAnew', 'forgetUnlessLost');
/** A rejoin that comes by itself, because the connection was lost. */
const rejoin = doing(to('renewing'), 'spendTry');
const tryFreshToken = (node: NodeName, ...effects: Effect[]): Step =>
  doing(to(node), 'noteFreshToken', 'handOver', ...effects);

const done = [when('wasJoined', to('ended', 'host-left')), to('idle')];
const ending = {
  appClosed: to('ended', 'left'),
  kicked: to('ended', 'kicked'),
  destroyed: to('ended', 'conference-ended'),
  hide: to('ended', 'page-hidden'),
} as const satisfies Steps;
const giveUp = [when('tokenFailed', to('ended', 'token')), to('ended', 'connection-lost')];
/** Without asking the person, because the app would reload itself anyway; but only as long as tries are left. */
const reload = [when('triesLeft', rejoin), ...giveUp];
/** After a pause, because a server that restarts takes some seconds. */
const reloadLater = [when('triesLeft', to('backing-off')), ...giveUp];
const lost = [when('autoRejoin', to('backing-off')), ...giveUp];
const leaveFrame = {
  leave: doing(to('leaving'), 'hangUp'),
  remove: done,
  restart: doing(to('restarting'), 'dropCommands', 'hangUp'),
} as const satisfies Steps;
const leaveMeeting = { ...leaveFrame, remove: to('ended', 'host-left') } as const satisfies Steps;
const refusedAgain = [
  when(['freshTokenMayHelp', 'triesLeft'], tryFreshToken('renewing', 'spendTry')),
  when('mayTryAgain', to('backing-off')),
  ...giveUp,
];
/** The app has left a room, and hasn't reloaded itself. */
const betweenRooms = {
  ...ending,
  ...leaveMeeting,
  appJoined: to('joined'),
  appReady: to('interrupted'),
  refused: refusedAgain,
  fatal: reload,
  timeout: to('interrupted'),
  unload: to('renewing'),
} as const satisfies Steps;
/** Between two frames there is no app to say goodbye. */
const leaveNothing = {
  restart: restartAtOnce,
  leave: to('ended', 'host-left'),
  remove: to('ended', 'host-left'),
  hide: to('ended', 'page-hidden'),
} as const satisfies Steps;
/** A person who was in the meeting has lost it, even if they wait in a lobby now. */
const lostOutside = [
  when(['wasJoined', 'tokenFailed'], to('ended', 'token')),
  when('wasJoined', to('ended', 'connection-lost')),
];
const notIn = [...lostOutside, to('failed')];
const notInYet = [when(['wasJoined', 'autoRejoin'], to('backing-off')), ...notIn];
const askPerson = [when('guestCannotSignIn', to('challenged')), to('waiting')];
const openAnew = [when('wasJoined', to('renewing')), to('connecting')];
const refusedOutside = [
  when(['wasJoined', 'freshTokenMayHelp', 'triesLeft'], tryFreshToken('renewing', 'spendTry')),
  ...lostOutside,
  when('freshTokenMayHelp', tryFreshToken('connecting')),
  to('failed'),
];
/** Nobody gets in as a guest when there is a token to be had. */
const withToken = doing(to('connecting'), 'handOver');
const outside = {
  ...ending,
  ...leaveFrame,
  sourceCame: [when('wasJoined', to('renewing')), withToken],
  appJoined: to('joined'),
  refused: refusedOutside,
  fatal: [when(['wasJoined', 'triesLeft'], to('backing-off')), ...notIn],
  unload: openAnew,
} as const satisfies Steps;
const opening = {
  ...ending,
  frameLoaded: to('starting'),
  appReady: to('joining'),
  appWaiting: askPerson,
  appJoined: to('joined'),
  refused: [when('freshTokenMayHelp', tryFreshToken('connecting')), to('failed')],
  fatal: to('failed'),
  timeout: to('failed'),
  unload: to('connecting'),
  // The app isn't there yet to hear a goodbye.
  leave: to('idle'),
  remove: to('idle'),
  restart: restartAtOnce,
  sourceCame: withToken,
} as const satisfies Steps;

export const machine: Record<NodeName, MachineNode> = {
  idle: {
    state: 'idle',
    holds: 'nothing',
    enter: ['disposeFrame', 'rest'],
    on: answers({ join: anew(to('connecting')) }, 'leave', 'remove', ...unheededAtRest),
  },
  connecting: {
    state: 'connecting',
    holds: 'preparation',
    enter: ['disposeFrame', 'watchPage', 'prepare'],
    leave: ['abortPreparation'],
    on: answers(
      {
        prepared: to('loading'),
        unprepared: to('failed'),
        restart: restartAtOnce,
        sourceCame: to('connecting'),
        leave: to('idle'),
        remove: to('idle'),
        hide: to('ended', 'page-hidden'),
      },
      'join',
      'unload',
      'timeout',
      ...ofNetwork,
      ...fromFrame,
    ),
  },
  loading: {
    state: 'loading',
    holds: 'frame',
    timer: 'frame',
    enter: ['startDeadline'],
    on: answers(opening, 'join', 'appAccepted', 'appLeft', 'suspect', 'alive', ...ofNetwork, ...fromPreparation),
  },
  starting: {
    state: 'loading',
    holds: 'frame',
    timer: 'app',
    on: answers(opening, 'join', 'appAccepted', 'appLeft', 'suspect', 'alive', ...ofNetwork, ...fromPreparation),
  },
  joining: {
    state: 'ready',
    holds: 'frame',
    timer: 'join',
    on: answers(
      {
        ...outside,
        appWaiting: askPerson,
        appAccepted: when('tokenFaultless', to('entering')),
        timeout: notInYet,
      },
      // Releases before 2026 say ready first.
      'join',
      'frameLoaded',
      'appReady',
      'appLeft',
      'suspect',
      'alive',
      ...ofNetwork,
      ...fromPreparation,
    ),
  },
  entering: {
    state: 'ready',
    holds: 'frame',
    timer: 'conference',
    on: answers(
      {
        ...outside,
        appReady: to('joining'),
        appWaiting: askPerson,
        timeout: notInYet,
      },
      'join',
      'frameLoaded',
      'appAccepted',
      'appLeft',
      'suspect',
      'alive',
      ...ofNetwork,
      ...fromPreparation,
    ),
  },
  waiting: {
    state: 'ready',
    holds: 'frame',
    on: answers(
      {
        ...outside,
        appReady: to('joining'),
        appWaiting: askPerson,
        // Prejoin is the only screen that gives no other sign when the person goes on.
        appAccepted: [when(['onPrejoin', 'tokenFaultless'], to('entering')), when('onPrejoin', to('joining'))],
      },
      // After the first page of a sign-in the app says that it left, although it never joined.
      'join',
      'frameLoaded',
      'appLeft',
      'suspect',
      'alive',
      'timeout',
      ...ofNetwork,
      ...fromPreparation,
    ),
  },
  challenged: {
    state: 'ready',
    holds: 'frame',
    timer: 'challenge',
    on: answers(
      {
        ...outside,
        appReady: to('joining'),
        appWaiting: to('waiting'),
        appLeft: to('waiting'),
        timeout: notIn,
      },
      'join',
      'frameLoaded',
      'appAccepted',
      'suspect',
      'alive',
      ...ofNetwork,
      ...fromPreparation,
    ),
  },
  joined: {
    state: 'joined',
    holds: 'frame',
    enter: ['noteJoined', 'startRoleCheck'],
    leave: ['endRoleCheck', 'endDoubt'],
    on: answers(
      {
        ...ending,
        ...leaveMeeting,
        appLeft: to('parting'),
        appReady: to('interrupted'),
        refused: refusedAgain,
        fatal: reload,
        suspect: [when(['tokenOver', 'autoRejoin'], rejoin), when('tokenOver', to('presumed-dead'))],
        unload: to('renewing'),
      },
      'sourceCame',
      'join',
      ...unheeded,
      'appJoined',
      'appWaiting',
      'alive',
      'timeout',
      ...fromPreparation,
    ),
  },
  parting: {
    state: 'joined',
    holds: 'frame',
    timer: 'part',
    on: answers(
      { ...betweenRooms, appAccepted: to('moving') },
      'sourceCame',
      'join',
      'frameLoaded',
      'appWaiting',
      'appLeft',
      'suspect',
      'alive',
      ...ofNetwork,
      ...fromPreparation,
    ),
  },
  moving: {
    state: 'joined',
    holds: 'frame',
    timer: 'join',
    on: answers(
      { ...betweenRooms, appLeft: to('parting') },
      'sourceCame',
      'join',
      ...unheeded,
      'appWaiting',
      'suspect',
      'alive',
      ...fromPreparation,
    ),
  },
  interrupted: {
    state: 'reconnecting',
    holds: 'frame',
    recovery: 'by-app',
    timer: 'interruption',
    on: answers(
      {
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
      'sourceCame',
      ...unheeded,
      'appReady',
      'appLeft',
      'suspect',
      'alive',
      ...fromPreparation,
    ),
  },
  'presumed-dead': {
    state: 'reconnecting',
    holds: 'frame',
    recovery: 'in-doubt',
    on: answers(
      {
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
      // After appLeft, readyToClose or ready shows whether the app hung up; until then the doubt stays.
      'sourceCame',
      ...unheeded,
      'appLeft',
      'appWaiting',
      'suspect',
      'timeout',
      ...fromPreparation,
    ),
  },
  'backing-off': {
    state: 'reconnecting',
    holds: 'nothing',
    recovery: 'paused',
    timer: 'backOff',
    enter: ['disposeFrame'],
    on: answers(
      {
        timeout: rejoin,
        online: rejoin,
        join: to('renewing'),
        ...leaveNothing,
      },
      'sourceCame',
      'unload',
      'offline',
      ...fromPreparation,
      ...fromFrame,
    ),
  },
  renewing: {
    state: 'reconnecting',
    holds: 'preparation',
    recovery: 'by-frame',
    enter: ['disposeFrame', 'prepareAgain'],
    leave: ['abortPreparation'],
    on: answers(
      {
        prepared: to('frame-reloading'),
        unprepared: [when('mayTryAgain', to('backing-off')), ...giveUp],
        ...leaveNothing,
      },
      'sourceCame',
      'join',
      'unload',
      'timeout',
      ...ofNetwork,
      ...fromFrame,
    ),
  },
  'frame-reloading': {
    state: 'reconnecting',
    holds: 'frame',
    recovery: 'by-frame',
    timer: 'rejoin',
    on: answers(
      {
        ...ending,
        ...leaveMeeting,
        appWaiting: askPerson,
        appJoined: to('joined'),
        refused: refusedAgain,
        fatal: reloadLater,
        timeout: lost,
        unload: to('renewing'),
        // Without a network this frame can't load. The next one waits for the network.
        offline: to('renewing'),
      },
      'sourceCame',
      'join',
      'online',
      'frameLoaded',
      'appReady',
      'appAccepted',
      'appLeft',
      'suspect',
      'alive',
      ...fromPreparation,
    ),
  },
  leaving: {
    state: 'leaving',
    holds: 'frame',
    timer: 'leave',
    on: answers(
      {
        appClosed: done,
        timeout: done,
        remove: done,
        hide: done,
        unload: done,
        join: to('restarting'),
      },
      'sourceCame',
      'leave',
      'restart',
      ...ofNetwork,
      ...fromLeaving,
    ),
  },
  restarting: {
    state: 'leaving',
    holds: 'frame',
    timer: 'leave',
    on: answers(
      {
        appClosed: anew(to('connecting')),
        timeout: anew(to('connecting')),
        unload: anew(to('connecting')),
        leave: to('leaving'),
        remove: done,
        hide: to('ended', 'page-hidden'),
      },
      'sourceCame',
      'join',
      'restart',
      ...ofNetwork,
      ...fromLeaving,
    ),
  },
  ended: {
    state: 'ended',
    holds: 'nothing',
    enter: ['disposeFrame', 'rest'],
    on: answers({ join: anew(to('connecting')) }, 'leave', 'remove', ...unheededAtRest),
  },
  failed: {
    state: 'failed',
    holds: 'nothing',
    enter: ['disposeFrame', 'rest'],
    on: answers(
      {
        join: anew(to('connecting')),
        leave: to('idle'),
        remove: to('idle'),
      },
      ...unheededAtRest,
    ),
  },
};

/** The step that `input` causes in `node`; `undefined` when it causes none. */
export function next(node: NodeName, input: Input, holds: (guard: Guard) => boolean): Step | undefined {
  return branchesOf(node, input).find((branch) => branch.if?.every(holds) ?? true);
}

/** The branches for a node and an input, in order; empty where the input is ignored. */
export function branchesOf(node: NodeName, input: Input): readonly Branch[] {
  const cell: Cell | 'ignored' = machine[node].on[input];
  return cell === 'ignored' ? [] : ([cell].flat() as Branch[]);
}
