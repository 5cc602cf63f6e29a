// Which release of Jitsi's code the stand-in, the differential tests and the drift check are held against.
export const sdk = {
  name: '@jitsi/react-native-sdk',
  version: '13.2.0',
  sha512: 'J7itSoy85IScxeC4letOtoS33Sp0tH5hLYFHYtH+v3WQwLjganuWlFCjlDbL5ks9ebGhVNsCyCBdML9qC+SAWw==',
  folder: '.vendor/react-native-sdk-13.2.0',
};
