// Compiled, never run: what the types must allow, and below each directive what they must refuse.
import type { ConfigOverwrite, InterfaceConfigOverwrite } from '../../src/core.js';

/** How a page declares a key that only its own or a newer Jitsi knows. */
declare module '../../src/core.js' {
  interface ConfigOverwrite {
    keyOfTheFuture?: boolean;
  }
}

export const right: ConfigOverwrite[] = [
  {},
  { keyOfTheFuture: true },
  { startWithAudioMuted: true, startVideoMuted: 10, prejoinConfig: { enabled: false } },
  { deeplinking: { disabled: true, desktop: { enabled: false } } },
  { toolbarButtons: ['microphone', 'camera', 'hangup'], disabledSounds: ['KNOCKING_PARTICIPANT_SOUND'] },
  { customToolbarButtons: [{ icon: 'data:,', id: 'help', text: 'Help' }] },
  { buttonsWithNotifyClick: ['hangup', { key: 'chat', preventExecution: true }] },
  { startAudioOnly: true, prejoinPageEnabled: false },
  { avgRtpStatsN: 5 },
];

export const rightInterface: InterfaceConfigOverwrite = { SHOW_POWERED_BY: false, TILE_VIEW_MAX_COLUMNS: 3 };

export const wrong: ConfigOverwrite[] = [
  // @ts-expect-error declared as a flag
  { keyOfTheFuture: 'soon' },
  // @ts-expect-error misspelt
  { startWithAudioMutet: true },
  // @ts-expect-error a text
  { startWithAudioMuted: 'true' },
  // @ts-expect-error a number of participants, not a flag
  { startAudioMuted: true },
  // @ts-expect-error misspelt inside
  { prejoinConfig: { enable: false } },
  // @ts-expect-error no such button
  { toolbarButtons: ['mic'] },
  // @ts-expect-error no such sound
  { disabledSounds: ['ALL'] },
  // @ts-expect-error list entries are whole
  { customToolbarButtons: [{ id: 'help' }] },
  // @ts-expect-error no such level
  { apiLogLevels: ['verbose'] },
  // @ts-expect-error belongs to the other overwrite
  { SHOW_POWERED_BY: false },
  // @ts-expect-error a flag, not an object
  { disableDeepLinking: { disabled: true } },
];

export const wrongInterface: InterfaceConfigOverwrite[] = [
  // @ts-expect-error belongs to the other overwrite
  { startSilent: true },
  // @ts-expect-error a number
  { TILE_VIEW_MAX_COLUMNS: 'three' },
  // @ts-expect-error no such fit
  { VIDEO_LAYOUT_FIT: 'cover' },
];
