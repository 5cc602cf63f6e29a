/** Where JaaS, the service of 8x8, runs its meetings. */
const jaasDomain = (useStaging: boolean | undefined): string => (useStaging ? 'stage.8x8.vc' : '8x8.vc');

/** The domain of a meeting whose page names none. */
export const defaultDomain = 'meet.jit.si';

/** `tenant/Weekly`, as the SDKs write a room of a tenant, in the element's words. */
export function roomOf(roomName: string): { tenant: string | undefined; room: string } {
  const [first, ...rest] = roomName.split('/');
  return rest.length > 0 ? { tenant: first, room: rest.join('/') } : { tenant: undefined, room: roomName };
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
