import { expect } from '@open-wc/testing';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { askAll, type Asked } from '../support/pure-worker.js';

it('claims, room and preflight do in a module worker what they do in a page', async () => {
  const now = Date.UTC(2027, 0, 15);
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const claims = {
    iss: 'my_app',
    aud: 'jitsi',
    sub: 'meet.example.com',
    room: '%c3%bcber%20uns',
    exp: now / 1000 + 3600,
    context: { user: { name: 'Zoë', moderator: true }, features: { recording: 'true' } },
  };
  const jwt = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'key' }).sign(privateKey);
  const asked: Asked = { jwt, publicKey: await exportSPKI(publicKey), now };

  const worker = new Worker(new URL('../support/pure-worker.ts', import.meta.url), { type: 'module' });
  const inWorker = await new Promise<Awaited<ReturnType<typeof askAll>>>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(asked, []);
  }).finally(() => worker.terminate());

  expect(inWorker.hasDom).to.equal(false);
  expect(inWorker.verdict).to.deep.equal({ connect: 'accepted', join: 'accepted', findings: [] });
  expect(inWorker.user.name).to.equal('Zoë');
  expect(inWorker.parsed).to.deep.equal({ domain: 'meet.example.com', tenant: 'team', room: 'über uns' });
  expect(inWorker).to.deep.equal({ ...(await askAll(asked)), hasDom: false });
});
