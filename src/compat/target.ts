/** Where JaaS, the service of 8x8, runs its meetings. */
const jaasDomain = (useStaging: boolean | undefined): string => (useStaging ? 'stage.8x8.vc' : '8x8.vc');

/** The domain of a meeting whose page names none. */
export const defaultDomain = 'meet.jit.si';

/**
 * Where a meeting is. The SDKs read it once, when they make the frame, and pages rely on it: their own sample makes a room's
 * name up in its render function. So the target of the first frame stays that of the component.
 */
export interface Target {
  domain: string;
  tenant: string | undefined;
  room: string;
}

/** `tenant/Weekly`, as the SDKs write a room of a tenant, in the element's words. */
export function targetOf(domain: string, roomName: string): Target {
  const [first, ...rest] = roomName.split('/');
  if (rest.length === 0) return { domain, tenant: undefined, room: roomName };
  return { domain, tenant: first, room: rest.join('/') };
}

/** What `JitsiMeeting` takes for a meeting at JaaS; the app's id is the tenant. */
export function jaasMeeting({ appId, roomName, useStaging }: JaasTarget): { domain: string; roomName: string } {
  return { domain: jaasDomain(useStaging), roomName: appId ? `${appId}/${roomName}` : roomName };
}

interface JaasTarget {
  appId: string;
  roomName: string;
  useStaging?: boolean | undefined;
}
