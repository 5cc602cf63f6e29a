import { pino, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Lines of JSON. What is logged is named field by field, never a request or an error as a whole: those hold tokens. */
export const createLog = (level: string): Log => pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** What of an error may be logged: libraries put answers, and so tokens, into the rest of it. */
export function faultOf(error: unknown): { fault: string; code?: string } {
  if (!(error instanceof Error)) return { fault: `a thrown ${typeof error}` };
  const { code } = error as { code?: unknown };
  const message = error.message.replaceAll(/[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '(token)').slice(0, 500);
  return { fault: `${error.name}: ${message}`, ...(typeof code === 'string' && { code }) };
}
