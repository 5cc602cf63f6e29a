import type { FeatureRights, GrantedRole } from 'jitsi-meeting-element/server';
import type { Person } from '../person.js';

/** A link for guests, as it is kept. Its secret is not: `ref` is a hash of it. */
export interface Invitation {
  /** As the token has it: lower case, percent-encoded. */
  room: string;
  /** As people read it. */
  title: string;
  tenant: string | null;
  /** Fixed by the person who invites; null: the guest is asked. */
  name: string | null;
  role: GrantedRole;
  features?: FeatureRights;
  /** Seconds since 1970. */
  from: number;
  until: number;
  uses: number;
  /** Who invites. The rules are asked again whenever the link is used. */
  by: Person;
}
