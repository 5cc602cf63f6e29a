import { isObject } from '../plain.js';
import { failed } from './failing.js';
import type { TokenResponse } from './types.js';

/** The token in what the page's provider gave. @throws JitsiMeetingError (rejects) token-response-invalid */
export async function responseOfProvider(answer: unknown): Promise<TokenResponse> {
  if (typeof answer === 'string' && answer !== '') return { token: answer };
  if (isObject(answer)) {
    const { token, expiresIn } = answer;
    if (typeof token === 'string' && token !== '') {
      if (expiresIn === undefined) return { token };
      if (typeof expiresIn === 'number' && Number.isFinite(expiresIn) && expiresIn > 0) return { token, expiresIn };
    }
  }
  throw await failed('token-response-invalid', ({ wrongAnswer }) => wrongAnswer(answer));
}
