import type { ErrorCode } from '../errors.js';
import type { JitsiError } from './events-payloads.js';
type Kind = 'refused-connecting' | 'refused-joining' | 'fatal' | 'waiting' | 'ended' | 'ignorable';
export function explainError(error: JitsiError): {
  code: ErrorCode;
  message: string;
  hint: string;
  retryable: boolean;
  kind: Kind;
  waitingFor: 'password' | 'lobby' | 'sign-in';
} {
  const text = String(
    error.message ?? error.params?.filter((part) => typeof part === 'string').join(': ') ?? '',
  ).replaceAll('&apos;', "'");
  const base = {
    message: `${error.name}${text ? `: ${text}` : ''}`,
    hint: '',
    retryable: true,
    waitingFor: 'sign-in' as const,
  };
  if (error.isFatal) return { ...base, code: 'conference-failed', kind: 'fatal' };
  if (error.name === 'conference.destroyed') return { ...base, code: 'conference-failed', kind: 'ended' };
  if (error.name === 'conference.passwordRequired')
    return { ...base, code: 'conference-failed', kind: 'waiting', waitingFor: 'password' };
  if (error.recoverable) return { ...base, code: 'token-rejected', kind: 'waiting' };
  if (error.name === 'connection.passwordRequired')
    return { ...base, code: 'token-rejected', kind: 'refused-connecting' };
  return {
    ...base,
    code: error.name.endsWith('notAllowed') ? 'token-rejected' : 'conference-failed',
    kind: 'refused-joining',
  };
}
