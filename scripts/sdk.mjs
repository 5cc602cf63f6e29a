// Which releases of Jitsi's code the stand-in, the differential tests and the drift check are held against. Both depend on
// addresses on a code host, so they can't be dependencies: scripts/setup.mjs fetches and checks their archives.
export const sdk = {
  name: '@jitsi/react-native-sdk',
  version: '13.2.0',
  sha512: 'J7itSoy85IScxeC4letOtoS33Sp0tH5hLYFHYtH+v3WQwLjganuWlFCjlDbL5ks9ebGhVNsCyCBdML9qC+SAWw==',
  folder: '.vendor/react-native-sdk-13.2.0',
};

/** Holds the names of connection and conference errors. */
export const library = {
  name: '@lyno/lib-jitsi-meet',
  version: '2.6726.2',
  sha512: 'cTrKBgy4ZHD6vyFTOAOx5ylyzjWs3ft6MLhmchu9zRq7uLr8omD4lE2fmSfoyoSqMjFc/3sU9XLYXiJ21hqQuw==',
  folder: '.vendor/lib-jitsi-meet-2.6726.2',
};

/** React as pages still have it. As dependencies these would clash with the React that the tests use otherwise. */
export const react18 = [
  ['react', '18.3.1'],
  ['react-dom', '18.3.1'],
  ['scheduler', '0.23.2'],
].map(([name, version]) => ({ name, version, folder: `.vendor/${name}-${version}` }));
