import { featureNames } from 'jitsi-meeting-element/server';
import { z } from 'zod';

/** What access.yaml may hold. access.schema.json is made from it, so its descriptions are what an editor shows. */

const text = z.string().min(1).max(500);
const anyText = { error: 'expected a text, or a list of texts, none of them empty' };
const textOrTexts = (description: string) =>
  z
    .union([z.string().min(1, anyText).max(500), z.array(text).min(1, anyText).max(1000)], anyText)
    .describe(description);

const lifePattern = /^[1-9]\d{0,5}(s|m|h|d)$/;
const life = (description: string, most: number, least = 60) =>
  z
    .string()
    .regex(lifePattern, { error: 'expected a time such as 30m, 8h or 7d' })
    .refine((value) => secondsOf(value) >= least && secondsOf(value) <= most, {
      error: `expected a time from ${shownTime(least)} to ${shownTime(most)}`,
    })
    .describe(description);

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90s`, `30m`, `8h` or `7d`. */
export const secondsOf = (time: string): number => Number(time.slice(0, -1)) * (units[time.at(-1)!] ?? Number.NaN);

const shownTime = (seconds: number): string =>
  seconds % 86_400 === 0 ? `${seconds / 86_400}d` : seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds / 60}m`;

const role = z
  .enum(['moderator', 'participant', 'visitor'], { error: 'expected moderator, participant or visitor' })
  .describe('What the token asks for; participant where it is left out.');

const features = z
  .strictObject(
    Object.fromEntries(featureNames.map((name) => [name, z.boolean({ error: 'expected true or false' }).optional()])),
  )
  .describe('Rights by feature. Where any is given, Jitsi takes a missing one for off.');

const who = z
  .strictObject({
    everyone: z.literal(true, { error: 'expected true' }).optional().describe('Everybody who has signed in.'),
    group: textOrTexts(
      'A group or role of the identity provider, letter by letter; of a list one is enough.',
    ).optional(),
    person: textOrTexts('A verified mail address, or the id (sub) of a person.').optional(),
    domain: textOrTexts('The part after the @ of a verified mail address.').optional(),
    claim: z
      .record(text, textOrTexts('The value, or one of the values.'))
      .refine((claims) => Object.keys(claims).length > 0, { error: 'names no claim' })
      .optional()
      .describe('Claims of the ID token or userinfo, by name; dots lead into objects.'),
  })
  .refine((value) => Object.values(value).some((member) => member !== undefined), {
    error: 'says nobody; expected everyone, group, person, domain or claim',
  })
  .refine(
    (value) => value.everyone === undefined || Object.values(value).filter((one) => one !== undefined).length === 1,
    {
      error: 'says everyone and somebody besides; leave one of them out',
    },
  )
  .describe('Whom the rule is for. All that is named has to hold.');

const guests = z
  .strictObject({
    role: role.optional(),
    features: features.optional(),
    life: life('Life of a guest’s token; 1h where it is left out.', 86_400).optional(),
    uses: z
      .int({ error: 'expected a whole number from 1 to 500' })
      .min(1)
      .max(500)
      .optional()
      .describe('The most guests that one link may let in; 1 where it is left out.'),
    longest: life('How long a link may be good; 7d where it is left out.', 90 * 86_400).optional(),
    waitForHost: z
      .boolean({ error: 'expected true or false' })
      .optional()
      .describe('Whether guests get in only after a moderator has got a token for the room.'),
  })
  .describe('Lets the person make links for guests, and says what those may do.');

const rule = z
  .strictObject({
    name: text.max(100).optional().describe('For people who read logs and explanations.'),
    who,
    rooms: textOrTexts('Names of rooms as people write them; * stands for any characters.'),
    tenants: textOrTexts('The tenants whose rooms are meant. Left out: rooms without a tenant.').optional(),
    refuse: z.literal(true, { error: 'expected true' }).optional().describe('Nobody whom this rule is for gets in.'),
    role: role.optional(),
    features: features.optional(),
    life: life('Life of a token; 1h where it is left out.', 86_400).optional(),
    lobby: z
      .enum(['bypass', 'wait'], { error: 'expected bypass or wait' })
      .optional()
      .describe('Past the lobby, or into it; needs plugins of jitsi-contrib.'),
    guests: guests.optional(),
  })
  .refine(
    (value) =>
      !value.refuse || Object.keys(value).every((key) => ['name', 'who', 'rooms', 'tenants', 'refuse'].includes(key)),
    {
      error: 'refuses and grants at once; leave role, features, life, lobby and guests out',
    },
  )
  .refine((value) => value.guests?.role !== 'moderator' || value.role === 'moderator', {
    error: 'makes moderators of guests, but not of the person who invites them',
  });

export const accessSchema = z
  .strictObject({
    rules: z
      .array(rule, { error: 'expected a list of rules' })
      .max(10_000)
      .describe('From top to bottom; the first rule that is for the person and the room counts. No rule, no token.'),
  })
  .describe('Who may do what: access.yaml of jitsi-meeting-server.');

export type AccessFile = z.infer<typeof accessSchema>;
export type FileRule = AccessFile['rules'][number];
