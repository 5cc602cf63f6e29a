/** The English words that an element shows before it has fetched the others: until the app's own screen or a failure. */
export const enFirst = {
  // Also where the words of a failure can't be fetched
  'script-load-title': 'We can’t reach the meeting',
  'script-load': 'Check your internet, then try again.',
  'page-policy-title': 'This page doesn’t allow the meeting',
  'page-policy': 'It’s not something you can fix. Please let the people who run this site know.',

  // Before and on the way in
  'placeholder-title': 'Video meeting',
  placeholder: 'Video meeting at {domain}',
  'placeholder-as': 'Video meeting at {domain}. You join as {name}.',
  join: 'Join meeting',
  'waiting-title': 'Joining “{room}”',
  connecting: 'Checking your access…',
  loading: 'Opening the meeting…',
  cancel: 'Cancel',
  'offline-title': 'You’re offline',
  offline: 'The meeting continues as soon as you’re back.',
  leaving: 'Leaving…',
  retry: 'Try again',

  // Names for screen readers
  'frame-title': 'Video meeting “{room}”',
  stage: 'Meeting area',
} satisfies Record<string, string>;
