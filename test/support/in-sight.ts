/** However many meetings there are, each is in sight: out of it, WebKit runs a frame's timers only once a second. */
export function inSight<Made extends HTMLElement>(meeting: Made): Made {
  Object.assign(meeting.style, { position: 'fixed', insetBlockStart: '0', insetInlineStart: '0' });
  return meeting;
}
