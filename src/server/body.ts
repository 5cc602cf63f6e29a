import { TokenRefusal } from './problem.js';

export interface BodyLimits {
  /** Bytes; default 8192. */
  maxBodyBytes?: number;
  /** Milliseconds until the body must be there; default 10,000. */
  bodyTimeout?: number;
}

/** Reads a body as text, and no more of it than the limits allow. Throws a `TokenRefusal`: 413, 408. */
export async function readBody(
  request: Request,
  { maxBodyBytes = 8192, bodyTimeout = 10_000 }: BodyLimits = {},
): Promise<string> {
  const tooLarge = new TokenRefusal(413, `The body has more than ${maxBodyBytes} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge;
  if (!request.body) return '';
  const reader = request.body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TokenRefusal(408, 'The body took too long to arrive.')), bodyTimeout);
  });
  try {
    const decoder = new TextDecoder();
    let body = '';
    let bytes = 0;
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return body + decoder.decode();
      bytes += value.length;
      if (bytes > maxBodyBytes) throw tooLarge;
      body += decoder.decode(value, { stream: true });
    }
  } finally {
    clearTimeout(timer);
    // Nothing waits for this: a stream that is done or broken has nothing to cancel.
    void reader.cancel().catch(() => undefined);
  }
}
