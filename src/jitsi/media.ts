export type MediaDevice = 'camera' | 'microphone';

/** Why a device can't be used in the meeting's frame, as far as the page can know in advance. */
export interface BlockedDevice {
  device: MediaDevice | 'screen';
  by: 'policy' | 'permission';
}

/**
 * Chromium only. The page's own policy can't answer: without a header it denies every other origin, even where `allow`
 * permits it.
 */
type FrameWithPolicy = HTMLIFrameElement & { featurePolicy?: { allowsFeature(feature: string): boolean } };

/** Whether a policy keeps it from the frame. By the name that a policy has for it. */
export const isKeptFrom = (frame: FrameWithPolicy | undefined, feature: string): boolean =>
  frame?.featurePolicy?.allowsFeature(feature) === false;

const sharesScreens = (frame: HTMLIFrameElement | undefined): boolean => /\bdisplay-capture\b/.test(frame?.allow ?? '');

/** What keeps camera, microphone or screen from `frame`, which must be on the page. */
export async function blockedDevices(
  frame: HTMLIFrameElement | undefined,
  permissions: Pick<Permissions, 'query'> | undefined = globalThis.navigator?.permissions,
): Promise<BlockedDevice[]> {
  const devices: MediaDevice[] = ['camera', 'microphone'];
  const found = await Promise.all(
    devices.map(async (device): Promise<BlockedDevice[]> => {
      if (isKeptFrom(frame, device)) return [{ device, by: 'policy' }];
      // Firefox and Safari know only some of the names, or none. An unknown name proves nothing.
      const status = await permissions?.query({ name: device as PermissionName }).catch(() => undefined);
      return status?.state === 'denied' ? [{ device, by: 'permission' }] : [];
    }),
  );
  const screen: BlockedDevice = { device: 'screen', by: 'policy' };
  return [...found.flat(), ...(sharesScreens(frame) && isKeptFrom(frame, 'display-capture') ? [screen] : [])];
}
