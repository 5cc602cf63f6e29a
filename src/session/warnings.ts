import type { MeetingRole } from '../claims/index.js';
import type { DeviceProblem, MeetingWarning } from '../errors.js';
import type { BlockedDevice, MediaDevice } from '../jitsi/media.js';

export function mediaBlocked({ device, by }: BlockedDevice, origin: string): MeetingWarning {
  const feature = device === 'screen' ? 'display-capture' : device;
  return by === 'policy'
    ? {
        code: 'media-blocked',
        device,
        why: by,
        message: `This page's Permissions-Policy keeps the ${device} from the frame of ${origin}.`,
        hint: `Send the header Permissions-Policy: ${feature}=(self "${origin}"), and where this page is in a frame itself, give that allow="${feature}".`,
      }
    : {
        code: 'media-blocked',
        device,
        why: by,
        message: `The visitor has blocked the ${device} for this page.`,
        hint: "Ask the visitor to allow it, in the browser's settings for this site.",
      };
}

/**
 * The errors that the app tells apart, named as in lib-jitsi-meet's `JitsiTrackErrors`; most others are `gum.general`.
 */
const told = new Map<string, Exclude<DeviceProblem, 'policy'>>([
  ['gum.permission_denied', 'permission'],
  ['gum.not_found', 'not-found'],
  // For one, the device that was chosen last time is gone.
  ['gum.constraint_failed', 'not-found'],
]);

const hints = {
  permission: 'Is it allowed for this page, in the browser and in the system?',
  'not-found': 'Is one plugged in?',
  'not-starting': 'Is it used by another program?',
};

/** `type` as in Jitsi's `cameraError` and `micError`, such as `gum.permission_denied`. */
export function mediaFailed(device: MediaDevice, type: string): MeetingWarning {
  const why = told.get(type) ?? 'not-starting';
  return {
    code: 'media-blocked',
    device,
    why,
    message: `The meeting's app could not use the ${device} (${type}).`,
    hint: hints[why],
  };
}

export const embedLimited: MeetingWarning = {
  code: 'embed-limited',
  message: 'meet.jit.si ends embedded meetings after five minutes.',
  hint: 'Use a deployment of your own, or JaaS (8x8.vc).',
};

/** Whether the server gave another role than the token asks for. It doesn't report the role `visitor`. */
export function roleDiffers({ asked, name, source }: MeetingRole): MeetingWarning | undefined {
  if (source !== 'live') return undefined;
  if (asked === 'moderator' && name !== 'moderator')
    return {
      code: 'role-differs',
      message: `The token asks for moderator, and the server made the person a ${name}.`,
      hint: "Which claim makes a moderator depends on the server's Prosody plugins (token_affiliation, for instance); see docs/guides/self-hosted.md, Who is moderator.",
    };
  if (asked === 'participant' && name === 'moderator')
    return {
      code: 'role-differs',
      message: 'The token asks for no moderator, and the server made the person one.',
      hint: 'A stock server makes everybody with a token a moderator, and Jicofo the first one in a room; see docs/guides/self-hosted.md, Who is moderator.',
    };
  return undefined;
}
