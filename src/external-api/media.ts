export type MediaDevice = 'camera' | 'microphone';

/** Why a device can't be used in the meeting's frame, as far as the page can know before. */
export interface BlockedDevice {
  device: MediaDevice;
  by: 'policy' | 'permission';
}

interface FeaturePolicy {
  allowsFeature(feature: string, origin: string): boolean;
}

/** The parts of the browser that are asked. */
export interface MediaSurroundings {
  /** Chromium only. */
  featurePolicy: FeaturePolicy | undefined;
  permissions: Pick<Permissions, 'query'> | undefined;
}

export const mediaSurroundings = (): MediaSurroundings => ({
  featurePolicy: (globalThis.document as { featurePolicy?: FeaturePolicy } | undefined)?.featurePolicy,
  permissions: globalThis.navigator?.permissions,
});

/**
 * What stands between the frame of `origin` and camera or microphone. Without the origin a policy of `camera=(self)`
 * looks fine, though it shuts the frame out.
 */
export async function blockedDevices(
  origin: string,
  { featurePolicy, permissions }: MediaSurroundings = mediaSurroundings(),
): Promise<BlockedDevice[]> {
  const devices: MediaDevice[] = ['camera', 'microphone'];
  const found = await Promise.all(
    devices.map(async (device): Promise<BlockedDevice[]> => {
      if (featurePolicy && !featurePolicy.allowsFeature(device, origin)) return [{ device, by: 'policy' }];
      // Firefox and Safari don't know the names, or only some; not knowing is no finding.
      const status = await permissions?.query({ name: device as PermissionName }).catch(() => undefined);
      return status?.state === 'denied' ? [{ device, by: 'permission' }] : [];
    }),
  );
  return found.flat();
}
