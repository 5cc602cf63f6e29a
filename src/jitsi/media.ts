export type MediaDevice = 'camera' | 'microphone';

/** Why a device can't be used in the meeting's frame, as far as the page can know in advance. */
export interface BlockedDevice {
  device: MediaDevice;
  by: 'policy' | 'permission';
}

/**
 * Chromium only. The page's own policy can't answer: without a header it denies every other origin, even where `allow`
 * permits it.
 */
type FrameWithPolicy = HTMLIFrameElement & { featurePolicy?: { allowsFeature(feature: string): boolean } };

/** What keeps camera or microphone from `frame`, which must be on the page. */
export async function blockedDevices(
  frame: HTMLIFrameElement | undefined,
  permissions: Pick<Permissions, 'query'> | undefined = globalThis.navigator?.permissions,
): Promise<BlockedDevice[]> {
  const devices: MediaDevice[] = ['camera', 'microphone'];
  const found = await Promise.all(
    devices.map(async (device): Promise<BlockedDevice[]> => {
      if ((frame as FrameWithPolicy | undefined)?.featurePolicy?.allowsFeature(device) === false)
        return [{ device, by: 'policy' }];
      // Firefox and Safari know only some of the names, or none. An unknown name proves nothing.
      const status = await permissions?.query({ name: device as PermissionName }).catch(() => undefined);
      return status?.state === 'denied' ? [{ device, by: 'permission' }] : [];
    }),
  );
  return found.flat();
}
