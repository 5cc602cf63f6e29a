import type { Step } from '../scenes.js';
import { obey, tell } from './host.js';
import { claimsIn, readSettings } from './settings.js';

/** What a test's host page gets by `postMessage` while a scene plays. */
export type SceneNotice =
  { standin: 'note'; text: string } | { standin: 'awaiting'; command: string } | { standin: 'over' };

const notify = (notice: SceneNotice): void => window.parent.postMessage(notice, '*');
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Plays a recording through the real transport: its events in their order, its actions as notices for the test. A
 * command that the recording waits for may come early. A hangup that the recording doesn't have is answered as by the
 * real app, and ends the playing. A later frame in the same room is a rejoin, and works.
 */
export async function playScene(recorded: string): Promise<void> {
  const name = isRejoin() ? 'c01-valid' : recorded;
  const { token, logLevels } = readSettings(new URL(location.href));
  document.body.textContent = `Plays the recorded scene ${name}.`;
  const response = await fetch(`/_standin/scenes/${encodeURIComponent(name)}`);
  const steps = (await response.json()) as Step[];
  let isOver = false;
  const came = new Set<string>();
  const waiting = new Map<string, () => void>();
  const commandsLeft = steps.flatMap((step) => ('command' in step ? [step.command] : []));
  const onCommand = (command: string) => (): void => {
    if (command === 'hangup' && !commandsLeft.includes('hangup')) {
      isOver = true;
      return sayGoodbye(steps);
    }
    came.add(command);
    waiting.get(command)?.();
  };
  obey({ hangup: onCommand('hangup'), password: onCommand('password'), endConference: onCommand('endConference') });

  for (const step of steps) {
    if (step.wait > 0) await wait(step.wait);
    if (isOver) return;
    if ('event' in step) tell(step.event, step.payload);
    else if ('note' in step) notify({ standin: 'note', text: step.note });
    else if ('until' in step) await expiryOf(token);
    else if ('log' in step) {
      if (logLevels.includes(step.log.logLevel)) tell('log', step.log);
    } else {
      notify({ standin: 'awaiting', command: step.command });
      if (!came.delete(step.command)) await new Promise<void>((resolve) => waiting.set(step.command, resolve));
      came.delete(step.command);
      commandsLeft.splice(commandsLeft.indexOf(step.command), 1);
    }
  }
  notify({ standin: 'over' });
}

/** Resolves when the token has expired; at once when it never expires. */
function expiryOf(token: string | null): Promise<unknown> {
  const { exp = 0 } = claimsIn(token) ?? {};
  return wait(Math.max(0, exp * 1000 - Date.now()));
}

/** Whether this tab has had a frame in this room before: then the scene was played in that one. */
function isRejoin(): boolean {
  const before = sessionStorage.getItem(location.pathname);
  sessionStorage.setItem(location.pathname, 'played');
  return before !== null;
}

function sayGoodbye(steps: Step[]): void {
  const joined = steps.find((step) => 'event' in step && step.event === 'videoConferenceJoined');
  const { roomName } = (joined && 'payload' in joined ? joined.payload : {}) as { roomName?: string };
  setTimeout(() => {
    tell('videoConferenceLeft', { roomName });
    tell('readyToClose');
  }, 300);
}
