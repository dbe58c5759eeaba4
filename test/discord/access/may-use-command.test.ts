import { describe, expect, it } from 'vitest';
import { OVERRIDE, overridesOf } from '../../../src/discord/access/command-overrides.ts';
import type { Override } from '../../../src/discord/access/command-overrides.ts';
import { mayUseCommand } from '../../../src/discord/access/may-use-command.ts';
import type { CommandUser } from '../../../src/discord/access/may-use-command.ts';
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';

const USE_COMMANDS = 1n << 31n;
const ADMINISTRATOR = 1n << 3n;
const ARTISTS = '1300000000000000060';
const GUESTS = '1300000000000000061';
const THREAD_ID = '1300000000000000031';
const OTHER = '1300000000000000099';
const EVERYONE = GUILD_ID;
const ALL_CHANNELS = String(BigInt(GUILD_ID) - 1n);

const MEMBER: CommandUser = {
  memberId: MEMBER_ID,
  roleIds: [ARTISTS, GUESTS],
  permissions: String(USE_COMMANDS),
  guildId: GUILD_ID,
  channelId: CHANNEL_ID,
  threadOf: undefined,
};

const role = (id: string, permission: boolean): Override => ({
  id,
  type: OVERRIDE.role,
  permission,
});
const member = (id: string, permission: boolean): Override => ({
  id,
  type: OVERRIDE.member,
  permission,
});
const channel = (id: string, permission: boolean): Override => ({
  id,
  type: OVERRIDE.channel,
  permission,
});

type Row = [string, boolean, readonly Override[], Partial<CommandUser>?];

const NO_COMMANDS = { permissions: String(~(USE_COMMANDS | ADMINISTRATOR) & ((1n << 50n) - 1n)) };
const ADMIN = { permissions: String(ADMINISTRATOR) };
const IN_THREAD = { channelId: THREAD_ID, threadOf: CHANNEL_ID };

describe('who may use a command', () => {
  it.each<Row>([
    ['nothing is set', true, []],
    ['they may not use application commands', false, [], NO_COMMANDS],
    ['only an override would let them', false, [member(MEMBER_ID, true)], NO_COMMANDS],
    ['they administrate', true, [member(MEMBER_ID, false), channel(CHANNEL_ID, false)], ADMIN],

    ['everyone is denied', false, [role(EVERYONE, false)]],
    ['everyone is allowed', true, [role(EVERYONE, true)]],
    ['a role of theirs is denied', false, [role(GUESTS, false)]],
    ['a role of theirs is allowed', true, [role(EVERYONE, false), role(ARTISTS, true)]],
    ['one role is denied and one allowed', true, [role(GUESTS, false), role(ARTISTS, true)]],
    ['a role is denied before everyone', false, [role(EVERYONE, true), role(GUESTS, false)]],
    ['a role of others is denied', true, [role(OTHER, false)]],
    ['a role of others alone is allowed', false, [role(EVERYONE, false), role(OTHER, true)]],
    ['they are denied before their roles', false, [role(ARTISTS, true), member(MEMBER_ID, false)]],
    ['they are allowed before their roles', true, [role(GUESTS, false), member(MEMBER_ID, true)]],
    [
      'they are allowed before everyone',
      true,
      [role(EVERYONE, false), member(MEMBER_ID, true)],
      { roleIds: [] },
    ],
    ['another member is denied', true, [member(OTHER, false)]],

    ['the channel is denied', false, [channel(CHANNEL_ID, false)]],
    ['all channels are denied', false, [channel(ALL_CHANNELS, false)]],
    ['only this one is allowed', true, [channel(ALL_CHANNELS, false), channel(CHANNEL_ID, true)]],
    ['only this one is denied', false, [channel(ALL_CHANNELS, true), channel(CHANNEL_ID, false)]],
    ['another channel is denied', true, [channel(OTHER, false)]],
    ['only another is allowed', false, [channel(ALL_CHANNELS, false), channel(OTHER, true)]],
    ['the channel of the thread is denied', false, [channel(CHANNEL_ID, false)], IN_THREAD],
    [
      'the channel of the thread is allowed',
      true,
      [channel(ALL_CHANNELS, false), channel(CHANNEL_ID, true)],
      IN_THREAD,
    ],

    [
      'the channel lets them pass, not the role',
      false,
      [channel(CHANNEL_ID, true), role(GUESTS, false)],
    ],
    [
      'the role lets them pass, not the channel',
      false,
      [channel(CHANNEL_ID, false), role(GUESTS, true)],
    ],
    ['both let them pass', true, [channel(CHANNEL_ID, true), role(GUESTS, true)]],

    ['an id is that of another kind', true, [channel(MEMBER_ID, false), member(GUESTS, false)]],
    ['Discord adds a kind', true, [{ id: MEMBER_ID, type: 4, permission: false }]],
    [
      'Discord lists @everyone among the roles',
      false,
      [role(EVERYONE, true), role(GUESTS, false)],
      { roleIds: [EVERYONE, GUESTS] },
    ],
  ])('where %s: %s', (_where, expected, overrides, changes) => {
    expect(mayUseCommand({ ...MEMBER, ...changes }, overrides)).toBe(expected);
  });
});

describe('the overrides that count for a command', () => {
  const OWN = [role(GUESTS, false)];
  const ALL = [role(EVERYONE, false)];
  const VIDEO = '1300000000000000070';

  it.each<[string, readonly Override[], Record<string, readonly Override[]>, string?]>([
    ['its own', OWN, { [VIDEO]: OWN, [APPLICATION_ID]: ALL }, VIDEO],
    ['the application’s without own', ALL, { [APPLICATION_ID]: ALL, [OTHER]: OWN }, VIDEO],
    [
      'the application’s where its own are empty',
      ALL,
      { [VIDEO]: [], [APPLICATION_ID]: ALL },
      VIDEO,
    ],
    ['the application’s for one that Discord does not have', ALL, { [APPLICATION_ID]: ALL }],
    ['none where none are set', [], { [OTHER]: OWN }, VIDEO],
  ])('are %s', (_which, expected, given, id) => {
    expect(overridesOf(new Map(Object.entries(given)), id, APPLICATION_ID)).toEqual(expected);
  });
});
