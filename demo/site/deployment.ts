import type { StandinPolicy } from '../standin/judge.js';

/** Opens this page's stand-in and nothing else, so everyone may know it. */
const secret = 'the secret of a demo without a server';

const appId = 'demo_app';

/** How tokens are signed here, and judged; the domain is that of the page. */
export const signing = (now: () => number = Date.now) => ({
  appId,
  secret,
  domain: location.hostname,
  now,
});

export const policy = (): StandinPolicy => ({
  appId,
  appSecret: secret,
  xmppDomain: location.hostname,
});
