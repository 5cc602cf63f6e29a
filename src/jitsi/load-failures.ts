import { JitsiMeetingError } from '../errors.js';
import { page } from './page.js';
import { embedderPolicyHint } from './page-policy.js';

export function scriptTimeout(src: string, ms: number): JitsiMeetingError {
  return new JitsiMeetingError('script-timeout', `${src} did not load within ${ms / 1000} s.`, {
    hint: 'Is the Jitsi server up and reachable from here? Open the address in a tab.',
    retryable: true,
  });
}

export function scriptInvalid(src: string): JitsiMeetingError {
  return new JitsiMeetingError('script-invalid', `${src} loaded, but brought no JitsiMeetExternalAPI.`, {
    hint: "Is it Jitsi's external_api.js, and does it run without an error (see the console)?",
    retryable: true,
  });
}

export function scriptNotLoaded(src: string): JitsiMeetingError {
  return new JitsiMeetingError('script-load', `${src} could not be loaded.`, {
    hint: [
      embedderPolicyHint(new URL(src, page.baseURI).host),
      'Is domain right and the server up, its certificate valid? Does a content security policy forbid the script, or integrity not match?',
      'A public page that embeds a server in a private network needs the permission for local network access.',
    ]
      .filter(Boolean)
      .join(' '),
    retryable: true,
  });
}
