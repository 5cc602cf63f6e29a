import { longestToken, type TokenPlace } from '../room/index.js';
import { anyServerFixes } from './codes/any-server.js';
import { findingsOf } from './finding.js';
import type { Deployment, Finding } from './types.js';

const finding = findingsOf(anyServerFixes);

/** What is to be said of a token's length alone. Where the proxy isn't known, what only nginx refuses is a warning. */
export function sizeFindings(length: number, place: TokenPlace, proxy?: Deployment['proxy']): Finding[] {
  const sure = longestToken(place, proxy ?? 'none');
  const limit = length > sure || proxy ? sure : longestToken(place, 'nginx');
  if (length <= limit) return [];
  const expected = `at most ${limit}${limit === sure && proxy !== 'nginx' ? '' : ' behind nginx'}`;
  const severity = length > sure ? 'error' : 'warning';
  return [finding('token-too-long', severity, 'connect', { found: `${length} characters`, expected })];
}
