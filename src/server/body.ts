import { TokenRefusal } from './problem.js';

export interface BodyLimits {
  /** Bytes; default 8192. */
  maxBodyBytes?: number;
  /** Milliseconds until the body must be there; default 10,000. */
  bodyTimeout?: number;
}

const decoder = new TextDecoder();

/** Reads a body as text, and no more of it than the limits allow. Throws a `TokenRefusal`: 413, 408. */
export async function readBody(
  request: Request,
  { maxBodyBytes = 8192, bodyTimeout = 10_000 }: BodyLimits = {},
): Promise<string> {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  if (!request.body) return '';
  const reader = request.body.getReader();
  let refusal: TokenRefusal | undefined;
  /** Ends the read under way, too. Nothing waits for it: a stream that is broken has nothing to cancel. */
  const stop = (why: TokenRefusal): void => {
    refusal = why;
    void reader.cancel().catch(() => undefined);
  };
  const timer = setTimeout(() => stop(new TokenRefusal(408, 'The body took too long to arrive.')), bodyTimeout);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (refusal) throw refusal;
      if (done) break;
      bytes += value.length;
      if (bytes > maxBodyBytes) stop(tooLarge(maxBodyBytes));
      else chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
  return decoder.decode(chunks.length === 1 ? chunks[0] : await new Blob(chunks as BlobPart[]).arrayBuffer());
}

function tooLarge(maxBodyBytes: number): TokenRefusal {
  return new TokenRefusal(413, `The body has more than ${maxBodyBytes} bytes.`);
}
