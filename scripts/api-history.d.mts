export type Kind = 'events' | 'commands' | 'methods' | 'config keys' | 'interface config keys';
export type Names = Partial<Record<Kind, string[]>>;
export interface Entry {
  version: string;
  added: Names;
  removed: Names;
}
export const kinds: Kind[];
export function readHistory(): Entry[];
export function namesOf(history: Entry[], version: string): Record<Kind, Set<string>>;
export function lifetime(history: Entry[], kind: Kind, name: string): { since?: string; until?: string };
