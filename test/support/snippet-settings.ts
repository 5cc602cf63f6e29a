// What is set in the demo's playground while its code is tested.
import type { Setting } from '../../demo/code/snippets.js';

const text = (name: string, attribute: string, value: string): Setting => ({
  name,
  attribute,
  value,
  source: JSON.stringify(value),
});

/** What is hard to write down: quotes, braces, backticks, markup. */
export const hard = 'Ada "A" {{ 1 + 1 }} `x` ${y} \\ <b>';

/** One setting of each kind: attributes, one of them hard to write down, a flag, an object, and a function. */
export const settingsFor = (domain: string, room = 'Team', tokenUrl = '/token'): readonly Setting[] => [
  text('domain', 'domain', domain),
  text('room', 'room', room),
  text('tokenUrl', 'token-url', tokenUrl),
  text('displayName', 'display-name', hard),
  { name: 'startAudioMuted', attribute: 'start-audio-muted', value: true, source: 'true' },
  { name: 'configOverwrite', source: '{\n  "toolbarButtons": [\n    "hangup"\n  ]\n}' },
  {
    name: 'tokenProvider',
    source:
      'async ({ room }) => {\n  const response = await fetch(`/provider?room=${room}`, { method: "POST" });\n  return response.text();\n}',
  },
];
