/** A recording of what the real app told its host page: `[ms since the constructor, event, payload]`. */
export interface Scene {
  scene: string;
  events: [number, string, unknown?][];
}

/** What the conference page does next when it plays a scene. */
export type Step =
  | { wait: number; event: string; payload: object }
  /** Holds until the host page has sent this command. */
  | { wait: number; command: 'hangup' | 'password' | 'endConference' }
  /** Something was done in the recording; the host page is told what. */
  | { wait: number; note: string }
  /** Holds until the token in the frame's own address is past its `exp`. */
  | { wait: number; until: 'token-expired' }
  /** A line of the app's log, for a host page that asked for its level: the recorder hadn't. */
  | { wait: number; log: { logLevel: string; args: string[] } };

/** `scene-NAME`, or `scene-NAME.ANYTHING` for another run of it in the same tab. */
export function sceneOf(room: string, scenes: readonly Scene[] = []): Scene | undefined {
  const name = /^scene-([^.]+)/.exec(room)?.[1];
  return scenes.find(({ scene }) => scene === name);
}

/** Scenes whose "ACTION" was a hangup; in the others it was an action that a page can't carry out. */
const hangupScenes = /^(c13[abc]|c14[ef])-/;

/** Lines in parentheses that are not actions but what the recorder saw. */
const observations = /^\((onload|constructor|DOM load|iframe at|no log)/;

const cutsOff = /prosody (stopped|SIGKILL)|ws\)? (killed|dropped|down)/i;

/** Measured: 50 to 140 ms after the cut. */
const cutOff: Step = { wait: 100, log: { logLevel: 'error', args: ['Websocket closed unexpectedly'] } };

/** @param longestGap ms; shorter waits are real, longer ones are cut to it, so that events stay apart */
export function stepsOf({ scene, events }: Scene, longestGap = 700): Step[] {
  const steps: Step[] = [];
  let last = events[0]?.[0] ?? 0;
  for (const [at, event, payload] of events) {
    if (observations.test(event)) continue;
    const wait = Math.min(Math.max(at - last, 0), longestGap);
    last = at;
    if (!event.startsWith('(')) {
      steps.push({ wait, event, payload: (payload ?? {}) as object });
      continue;
    }
    steps.push({ wait, note: event });
    if (/token (now )?expired/.test(event)) steps.push({ wait: 0, until: 'token-expired' });
    if (cutsOff.test(event)) steps.push(cutOff);
    const command = commandOf(scene, event);
    if (command) steps.push({ wait: 0, command });
  }
  return steps;
}

function commandOf(scene: string, line: string): 'hangup' | 'password' | 'endConference' | undefined {
  if (/hangup/.test(line) || (line === '(>>> ACTION)' && hangupScenes.test(scene))) return 'hangup';
  if (/executeCommand password/.test(line)) return 'password';
  return /endConference/.test(line) ? 'endConference' : undefined;
}
