export type MediaDevice = 'camera' | 'microphone';

/** Why a device can't be used in the meeting's frame, as far as the page can know before. */
export interface BlockedDevice {
  device: MediaDevice;
  by: 'policy' | 'permission';
}

/** Chromium only. The page's own policy can't answer: without a header it says no for every other origin, though `allow` opens the frame. */
type FrameWithPolicy = HTMLIFrameElement & { featurePolicy?: { allowsFeature(feature: string): boolean } };

/** What stands between `frame`, which is on the page, and camera or microphone. */
export async function blockedDevices(
  frame: HTMLIFrameElement | undefined,
  permissions: Pick<Permissions, 'query'> | undefined = globalThis.navigator?.permissions,
): Promise<BlockedDevice[]> {
  const devices: MediaDevice[] = ['camera', 'microphone'];
  const found = await Promise.all(
    devices.map(async (device): Promise<BlockedDevice[]> => {
      if ((frame as FrameWithPolicy | undefined)?.featurePolicy?.allowsFeature(device) === false)
        return [{ device, by: 'policy' }];
      // Firefox and Safari don't know the names, or only some; not knowing is no finding.
      const status = await permissions?.query({ name: device as PermissionName }).catch(() => undefined);
      return status?.state === 'denied' ? [{ device, by: 'permission' }] : [];
    }),
  );
  return found.flat();
}
