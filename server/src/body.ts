import type { Context } from 'hono';
import { TokenRefusal } from 'jitsi-meeting-element/server';
import type { z } from 'zod';

/** The JSON of a request, held against a schema. Throws a `TokenRefusal`: 415, 400. */
export async function readJson<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.infer<Schema>> {
  if (!/^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? '')) {
    throw new TokenRefusal(415, 'Send JSON: Content-Type: application/json.');
  }
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new TokenRefusal(400, 'The body is not JSON.');
  }
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new TokenRefusal(
    400,
    `${path.length > 0 ? `The field ${path.map(String).join('.')}` : 'The body'}: ${message}.`,
  );
}
