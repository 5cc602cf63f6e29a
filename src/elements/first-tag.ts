import { loadExternalApi } from '../jitsi/load.js';
import { scriptRequest } from '../jitsi/script-address.js';
import { TargetReader } from '../session/target.js';
import { engine } from './late-engine.js';

// Where the page has a tag that joins by itself, as far as its markup tells, the engine and Jitsi's script come while the
// rest of the first file runs. The join finds both on their way, and says what is wrong with the tag. The script of a tag
// with `api-src` or `sandbox` waits for the join, which judges these.
const tag = globalThis.document?.querySelector?.('jitsi-meeting[room]:not(:defined,[loading],[defer-hydration])');
if (tag) {
  void engine.tryToLoad();
  const given = (name: string): string | undefined => tag.getAttribute(name) ?? undefined;
  const { target } = new TargetReader().parse({
    domain: given('domain'),
    room: given('room'),
    tenant: given('tenant'),
  });
  const mayLoad =
    globalThis.isSecureContext &&
    globalThis.origin !== 'null' &&
    navigator.onLine &&
    !tag.matches('[api-src],[sandbox]');
  if (target && mayLoad) {
    const options = { apiIntegrity: given('api-integrity'), release: given('release') };
    loadExternalApi(scriptRequest(options, target)).catch(() => {});
  }
}
