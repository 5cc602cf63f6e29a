import { normaliseTenant } from '../room/index.js';
import type { GrantOptions } from './authorize.js';
import { checkFunctions, type Invalid, listOf, wrongOption } from './options-check.js';
import { tenantProblem } from './tenants.js';

/** Throws for what the token endpoint and the way back from `tokenAuthUrl` have in common. */
export function checkGrantOptions(options: GrantOptions, invalid: Invalid): void {
  const { authorize, rateLimit, onError, tenants } = options;
  if (typeof authorize !== 'function')
    throw wrongOption('authorize', authorize, 'a function that returns a grant or a refusal', invalid);
  checkFunctions({ rateLimit, onError }, invalid);
  if (tenants === undefined || typeof tenants === 'function') return;
  for (const [index, tenant] of listOf('tenants', tenants, 'names, or a function', invalid).entries()) {
    const problem = typeof tenant === 'string' ? tenantProblem(normaliseTenant(tenant)) : 'is not a text';
    if (problem) throw invalid(`tenants[${index}] ${problem}`, 'A tenant is the first part of a meeting’s path.');
  }
}
