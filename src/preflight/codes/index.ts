import { adviceFixes } from './advice.js';
import { connectFixes } from './connect.js';
import { joinFixes } from './join.js';
import { anyServerFixes } from './any-server.js';

/** Every code of a finding, with its fix. The comments in the tables explain what was found. */
export const fixes = { ...anyServerFixes, ...connectFixes, ...joinFixes, ...adviceFixes } as const;

/** Code of a finding; the set is closed. */
export type FindingCode = keyof typeof fixes;
