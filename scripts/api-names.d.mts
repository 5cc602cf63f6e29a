import type { Kind } from './api-history.mjs';
export interface Member {
  name: string;
  summary: string;
  internal: boolean;
  deprecated?: string;
  until?: string;
}
export interface Difference {
  kind: Kind;
  total: number;
  missing: string[];
  extra: string[];
  kept: string[];
}
export function readTable(file: string, name: string): Member[];
export function jitsiNames(folder: string): Record<Kind, string[]>;
export function jitsiQuestions(folder: string): string[];
export function ourQuestions(file?: string): string[];
export function ourNames(folder?: string): Record<Kind, Member[]>;
export function compareNames(ours: Record<Kind, Member[]>, theirs: Record<Kind, string[]>): Difference[];
