import { JitsiMeetingError } from '../errors.js';

/** The room's name as the claim `room` has to hold it (Jitsi's `getBackendSafeRoomName`). */
export function roomClaim(room: string): string {
  let name = room;
  try {
    name = decodeURIComponent(room);
  } catch {
    // a name that merely looks encoded
  }
  const claim = encodeURIComponent(name.normalize('NFKC').toLowerCase()).toLowerCase();
  if (claim === '' || claim === '*') {
    throw new JitsiMeetingError('config-invalid', `The room is ${claim ? 'the wildcard *' : 'empty'}.`, {
      hint: 'Give a room name; where every room is meant, the grant says room: { any: true }.',
    });
  }
  return claim;
}
