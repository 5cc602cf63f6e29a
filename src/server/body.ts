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
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TokenRefusal(408, 'The body took too long to arrive.')), bodyTimeout);
  });
  try {
    return await readAtMost(request.body.getReader(), maxBodyBytes, late);
  } finally {
    clearTimeout(timer);
  }
}

async function readAtMost(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBodyBytes: number,
  late: Promise<never>,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done)
        return decoder.decode(chunks.length === 1 ? chunks[0] : await new Blob(chunks as BlobPart[]).arrayBuffer());
      bytes += value.length;
      if (bytes > maxBodyBytes) throw tooLarge(maxBodyBytes);
      chunks.push(value);
    }
  } catch (error) {
    // Nothing waits for this: a stream that is broken has nothing to cancel.
    void reader.cancel().catch(() => undefined);
    throw error;
  }
}

function tooLarge(maxBodyBytes: number): TokenRefusal {
  return new TokenRefusal(413, `The body has more than ${maxBodyBytes} bytes.`);
}
