/** What the conference page and its server tell each other over the WebSocket, as JSON. */

export type Role = 'participant' | 'moderator';
export type Media = 'audio' | 'video';

export interface Occupant {
  id: string;
  name: string | undefined;
  role: Role;
  audioMuted: boolean;
  videoMuted: boolean;
}

export type ToServer =
  /** The XMPP login. `resume` is the `session` of an earlier `connected`, after a dropped connection. */
  | { type: 'connect'; room: string; tenant: string | null; token: string | null; resume?: string }
  | { type: 'join'; name?: string; password?: string; audioMuted: boolean; videoMuted: boolean }
  | { type: 'leave' }
  | { type: 'chat'; text: string; to?: string }
  | { type: 'rename'; name: string }
  | { type: 'mute'; media: Media; muted: boolean }
  /** The rest is for moderators; from others the server ignores it. */
  | { type: 'subject'; subject: string }
  | { type: 'kick'; id: string }
  | { type: 'end' }
  | { type: 'lock'; password: string };

export type FromServer =
  /** `name` and `email` are the token's, which beat what the host page says. */
  | { type: 'connected'; id: string; session: string; name?: string; email?: string }
  | { type: 'refused'; stage: 'connect' | 'join'; text: string }
  | { type: 'password-required' }
  | { type: 'joined'; role: Role; others: Occupant[]; subject: string; createdAt: number }
  | { type: 'resumed' }
  /** The server knows no such session any more. */
  | { type: 'session-gone' }
  | { type: 'occupant-joined'; occupant: Occupant }
  | { type: 'occupant-left'; id: string }
  | { type: 'occupant-kicked'; id: string; by: string | null }
  | { type: 'renamed'; id: string; name: string }
  | { type: 'muted'; id: string; media: Media; muted: boolean }
  | { type: 'chat'; from: string; text: string; private: boolean; stamp: string }
  | { type: 'subject'; subject: string }
  /** `by` is null when the server did it. */
  | { type: 'kicked'; by: string | null }
  | { type: 'ended' }
  /** Orders of a test: lose the focus and reload as the app does, or die without a word. */
  | { type: 'restart' }
  | { type: 'die' };
