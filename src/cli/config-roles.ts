// What makes the role and the lobby of a token come true: modules and options of Prosody, and one of Jicofo.

export interface RolePlan {
  /**
   * `token`: who the token names, by `token_affiliation`. `server`: as Jicofo does it by itself, the first person on Debian
   * and everybody with a token on docker.
   */
  moderators: 'token' | 'server';
  /** Tokens with `lobby_bypass` pass the lobby. */
  lobby: boolean;
}

/** Of Prosody's host. */
export const hostModules = ({ lobby }: RolePlan): string[] => (lobby ? ['persistent_lobby'] : []);

/** Of the component that has the rooms. `token_lobby_bypass` is jitsi-contrib's, the others are Jitsi's. */
export const roomModules = ({ moderators, lobby }: RolePlan): string[] => [
  ...(moderators === 'token' ? ['token_affiliation'] : []),
  ...(lobby ? ['token_lobby_bypass'] : []),
];

/** Of the same component. Without it `muc_wait_for_host`, where it is on, makes everybody with a token a moderator. */
export const roomSettings = ({ moderators }: RolePlan): Record<string, string> =>
  moderators === 'token' ? { wait_for_host_disable_auto_owners: 'true' } : {};

/** Of jicofo.conf. Otherwise Jicofo makes moderators of others than those whom tokens name. */
export const jicofoLines = ({ moderators }: RolePlan): string[] =>
  moderators === 'token' ? ['jicofo.conference.enable-auto-owner = false'] : [];

/** docker-jitsi-meet's variables for all of that. `check` and `doctor` read the lists of modules, too. */
export function roleEnv(plan: RolePlan): string[] {
  const [ofHost, ofRooms] = [hostModules(plan), roomModules(plan)];
  return [
    ...(plan.moderators === 'token' ? ['ENABLE_AUTO_OWNER=0', 'WAIT_FOR_HOST_DISABLE_AUTO_OWNERS=1'] : []),
    ...(ofHost.length > 0 ? [`XMPP_MODULES=${ofHost.join(',')}`] : []),
    ...(ofRooms.length > 0 ? [`XMPP_MUC_MODULES=${ofRooms.join(',')}`] : []),
  ];
}
