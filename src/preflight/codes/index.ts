import { adviceFixes } from './advice.js';
import { connectFixes } from './connect.js';
import { joinFixes } from './join.js';
import { sureFixes } from './sure.js';

/** Every code of a finding, with its fix. The comments in the tables explain what was found. */
export const fixes = { ...sureFixes, ...connectFixes, ...joinFixes, ...adviceFixes } as const;

export type FindingCode = keyof typeof fixes;
