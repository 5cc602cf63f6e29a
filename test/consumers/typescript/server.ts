// A backend, whose compiler knows nothing of pages.
import { createTokenHandler, createTokenSigner } from 'jitsi-meeting-element/server';

export const handler = createTokenHandler({
  signer: createTokenSigner({
    appId: 'my_app',
    secret: '0123456789abcdef0123456789abcdef',
    domain: 'meet.example.org',
  }),
  authorize: () => ({ user: { id: 'u-1', name: 'Ada' }, role: 'moderator' }),
});
