import type { MemberActor } from '../../../simulators/discord/actors/api.ts';
import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { GuildOptions } from '../../../simulators/discord/world/model.ts';
import {
  DEFAULT_MEMBER_PERMISSIONS,
  PERMISSION,
} from '../../../simulators/discord/world/permissions.ts';
import type { Identity, Person, Rank } from '../protocol/world.ts';

const MIB = 1024 * 1024;

/** A guild without boosts and one of boost level 3, each with a channel that the bot cannot see. */
export const GUILDS = [
  {
    id: '120000000000000001',
    name: 'Lakeside Films',
    channels: [
      { id: '130000000000000001', name: 'general' },
      { id: '130000000000000002', name: 'clips' },
      { id: '130000000000000003', name: 'staff', bot: { view: false } },
    ],
    roles: [{ id: '140000000000000001', name: 'Artists' }],
  },
  {
    id: '120000000000000002',
    name: 'Night Studio',
    attachmentSizeLimit: 100 * MIB,
    channels: [
      { id: '130000000000000011', name: 'general' },
      { id: '130000000000000012', name: 'staff', bot: { view: false } },
    ],
    roles: [{ id: '140000000000000011', name: 'Artists' }],
  },
] as const satisfies readonly GuildOptions[];

const PERMISSIONS: Readonly<Record<Rank, bigint>> = {
  owner: DEFAULT_MEMBER_PERMISSIONS | PERMISSION.administrator | PERMISSION.manageGuild,
  admin: DEFAULT_MEMBER_PERMISSIONS | PERMISSION.manageGuild | PERMISSION.manageMessages,
  artist: DEFAULT_MEMBER_PERMISSIONS,
  member: DEFAULT_MEMBER_PERMISSIONS,
};

const PROFILES = [
  { id: '150000000000000001', name: 'Ada', rank: 'owner' },
  { id: '150000000000000002', name: 'Bruno', rank: 'admin' },
  { id: '150000000000000003', name: 'Chen', rank: 'artist' },
  { id: '150000000000000004', name: 'Dora', rank: 'member' },
] as const;

function membershipIn({ id, roles }: (typeof GUILDS)[number], rank: Rank) {
  return {
    guildId: id,
    roleIds: rank === 'artist' ? roles.map((role) => role.id) : [],
    permissions: String(PERMISSIONS[rank]),
  };
}

/** The people that a tab can act as. */
export const PEOPLE: readonly [Person, ...Person[]] = [
  personOf(PROFILES[0]),
  ...PROFILES.slice(1).map(personOf),
];

function personOf({ id, name, rank }: (typeof PROFILES)[number]): Person {
  return { id, name, rank, memberships: GUILDS.map((guild) => membershipIn(guild, rank)) };
}

/** Finds a person by id. */
export function findPerson(id: string): Person | undefined {
  return PEOPLE.find((person) => person.id === id);
}

/** Returns the person's actor in a guild; `undefined` if there is no such person or membership. */
export function actorOf(
  discord: SimulatedDiscord,
  { personId, locale }: Identity,
  guildId: string,
): MemberActor | undefined {
  const person = findPerson(personId);
  const membership = person?.memberships.find((each) => each.guildId === guildId);
  if (person === undefined || membership === undefined) return undefined;
  return discord.member({
    id: person.id,
    username: person.name,
    guildId,
    roles: membership.roleIds,
    permissions: BigInt(membership.permissions),
    locale,
  });
}

/** Makes every person a member of every guild. */
export function invitePeople(discord: SimulatedDiscord): void {
  for (const { id, memberships } of PEOPLE) {
    for (const { guildId } of memberships) {
      actorOf(discord, { personId: id, locale: 'en-US' }, guildId);
    }
  }
}
