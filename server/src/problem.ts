import { TokenRefusal } from 'jitsi-meeting-element/server';

/** An answer with an error, as `application/problem+json`. */
export const problem = (status: number, detail: string, retryAfter?: number): Response =>
  new TokenRefusal(status, detail, retryAfter === undefined ? {} : { retryAfter }).toResponse();

export const away = (): Response => problem(503, 'Part of this server is away right now. Try again in a moment.', 5);
