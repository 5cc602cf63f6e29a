import { createHash, randomBytes } from 'node:crypto';
import { featureNames, type FeatureRights, type GrantedRole } from 'jitsi-meeting-element/server';
import { z } from 'zod';
import type { GuestRights } from '../access/read.js';

const time = z.iso.datetime({ offset: true, error: 'expected a time such as 2026-11-30T18:00:00Z' });

/** What `POST /api/invitations` takes. What is left out is as the rule says. */
export const invitationRequest = z.strictObject({
  room: z.string({ error: 'expected the name of a room' }).min(1).max(500),
  tenant: z
    .string()
    .regex(/^[a-z0-9_-]{1,100}$/, { error: 'expected a tenant in a-z, 0-9, _ and -' })
    .nullish(),
  /** Left out, the guest is asked. */
  name: z.string().trim().min(1).max(100).nullish(),
  role: z
    .enum(['moderator', 'participant', 'visitor'], { error: 'expected moderator, participant or visitor' })
    .optional(),
  features: z
    .strictObject(
      Object.fromEntries(featureNames.map((name) => [name, z.boolean({ error: 'expected true or false' }).optional()])),
    )
    .optional(),
  from: time.optional(),
  until: time.optional(),
  uses: z.int({ error: 'expected a whole number' }).min(1).max(500).optional(),
});

export type InvitationRequest = z.infer<typeof invitationRequest>;

const ranks: Record<GrantedRole, number> = { visitor: 0, participant: 1, moderator: 2 };

/** Whether a rule lets guests have this. Features that the rule doesn't name may be switched off, but not on. */
export function allows(rights: GuestRights, role: GrantedRole, features?: FeatureRights): boolean {
  if (ranks[role] > ranks[rights.role]) return false;
  return Object.entries(features ?? {}).every(
    ([name, on]) => !on || rights.features?.[name as keyof FeatureRights] === true,
  );
}

/** 256 random bits: what the link has, and nothing else. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What a link is kept under. From it nobody finds the link. */
export const refOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 40);

export const secretPattern = /^[\w-]{43}$/;
export const refPattern = /^[0-9a-f]{40}$/;
