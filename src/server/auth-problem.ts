import { answerProblem } from './authorize.js';
import { isRefusal, TokenRefusal } from './problem.js';

type OnError = ((error: unknown) => void) | undefined;

/** A refusal with its code of RFC 6749 5.2. */
export class OAuthRefusal extends TokenRefusal {
  constructor(
    readonly code: 'invalid_request' | 'invalid_grant' | 'temporarily_unavailable',
    detail: string,
    status = 400,
    retryAfter?: number,
  ) {
    super(status, detail, retryAfter === undefined ? {} : { retryAfter });
  }
}

/** For `static/sso.html`, which shows `error_description`. */
export async function refusalAsJson(error: unknown, onError: OnError): Promise<Response> {
  const problem = answerProblem(error, onError);
  const { detail } = (await problem.json()) as { detail: string };
  const status = problem.status;
  const code =
    isRefusal(error) && 'code' in error ? String(error.code) : status < 500 ? 'invalid_request' : 'server_error';
  const headers = new Headers(problem.headers);
  headers.set('content-type', 'application/json');
  if (status === 405) headers.set('allow', 'POST, OPTIONS');
  return new Response(JSON.stringify({ error: code, error_description: detail }), { status, headers });
}

/** For the person who came by a link: their sentence alone. */
export async function refusalAsPage(error: unknown, onError: OnError): Promise<Response> {
  const problem = answerProblem(error, onError);
  const { detail } = (await problem.json()) as { detail: string };
  const headers = new Headers(problem.headers);
  headers.set('content-type', 'text/plain; charset=utf-8');
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  if (problem.status === 405) headers.set('allow', 'GET, HEAD');
  return new Response(`${detail}\n`, { status: problem.status, headers });
}
