import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isJaasEvent, isRefusal, verifyJaasWebhook } from '../../src/server/index.js';

const secret = 'whsec_1f6c9d2b7e';
const time = 1_790_000_000;
const now = (): number => time * 1000;
const body = JSON.stringify({
  idempotencyKey: 'k1',
  customerId: 'c1',
  appId: 'vpaas-magic-cookie-1',
  eventType: 'PARTICIPANT_JOINED',
  sessionId: 's1',
  timestamp: now(),
  fqn: 'vpaas-magic-cookie-1/board',
  data: { name: 'Ada', email: 'ada@example.org', moderator: true },
});

const sign = (text: string, key = secret): string => createHmac('sha256', key).update(text).digest('base64');
const right = sign(`${time}.${body}`);
const request = (signature: string | null, content = body): Request =>
  new Request('https://app.example.org/jaas', {
    method: 'POST',
    body: content,
    headers: signature === null ? {} : { 'x-jaas-signature': signature },
  });

async function refusal(asked: Request, options: object = {}): Promise<number> {
  try {
    await verifyJaasWebhook(asked, secret, { now, ...options });
  } catch (error) {
    if (isRefusal(error)) return error.status;
    throw error;
  }
  throw new Error('It was taken.');
}

describe('a webhook of JaaS', () => {
  it('is taken with its signature, and typed by its event', async () => {
    const event = await verifyJaasWebhook(request(`t=${time},v1=${right}`), secret, { now });
    expect(event).toMatchObject({ eventType: 'PARTICIPANT_JOINED', fqn: 'vpaas-magic-cookie-1/board' });
    expect(isJaasEvent(event, 'PARTICIPANT_JOINED') && event.data.name).toBe('Ada');
    expect(isJaasEvent(event, 'ROOM_CREATED')).toBe(false);
  });

  it('is taken with one right signature among several, and with a time in milliseconds', async () => {
    const header = `t=${time},v0=x,v1=${sign('another')},v1=${right}`;
    await expect(verifyJaasWebhook(request(header), secret, { now })).resolves.toMatchObject({ idempotencyKey: 'k1' });
    const late = `t=${time}000,v1=${sign(`${time}000.${body}`)}`;
    await expect(verifyJaasWebhook(request(late), secret, { now })).resolves.toMatchObject({ idempotencyKey: 'k1' });
  });

  it.each([
    ['no header', null, body],
    ['an empty one', '', body],
    ['no time', `v1=${right}`, body],
    ['two times', `t=1,t=${time},v1=${right}`, body],
    ['another scheme', `t=${time},v0=${right}`, body],
    ['another body', `t=${time},v1=${right}`, body.replace('Ada', 'Eve')],
    ['another time', `t=${time + 1},v1=${right}`, body],
    ['another secret', `t=${time},v1=${sign(`${time}.${body}`, 'whsec_other')}`, body],
    ['the signature of an empty key', `t=${time},v1=${sign(`${time}.${body}`, '')}`, body],
    ['a signature that isn’t base64', `t=${time},v1=%%%`, body],
    ['half a signature', `t=${time},v1=${right.slice(0, 20)}`, body],
  ])('is refused with %s', async (_what, header, content) => {
    expect(await refusal(request(header, content))).toBe(401);
  });

  it.each([301, -301])('is refused %i seconds later', async (seconds) => {
    expect(await refusal(request(`t=${time},v1=${right}`), { now: () => (time + seconds) * 1000 })).toBe(401);
  });

  it.each(['[]', 'null', '{}', 'x', '{"eventType":1}'])(
    'is refused with the body %s, though it is signed',
    async (content) => {
      expect(await refusal(request(`t=${time},v1=${sign(`${time}.${content}`)}`, content))).toBe(400);
    },
  );

  it('is refused when it is longer than any event', async () => {
    expect(await refusal(request(`t=${time},v1=${right}`, 'x'.repeat(1_000_001)))).toBe(413);
  });

  it('can’t be checked without a secret', async () => {
    await expect(verifyJaasWebhook(request(null), '')).rejects.toMatchObject({ code: 'config-invalid' });
  });
});
