import { describe, expect, it } from 'vitest';
import { permissionsIn } from '../../../src/discord/access/channel-permissions.ts';
import type { PermissionSources } from '../../../src/discord/access/channel-permissions.ts';
import { PermissionFlagsBits } from '../../../src/discord/discord-js.ts';

const { ViewChannel: VIEW, SendMessages: SEND, Administrator } = PermissionFlagsBits;
const GUILD = 'everyone';
const BOT = 'bot';

const asked = (changes: Partial<PermissionSources>): bigint =>
  permissionsIn({
    guildId: GUILD,
    ownerId: 'somebody',
    memberId: BOT,
    memberRoleIds: ['a', 'b'],
    roles: [
      { id: GUILD, permissions: VIEW },
      { id: 'a', permissions: SEND },
      { id: 'b', permissions: 0n },
      { id: 'not-mine', permissions: Administrator },
    ],
    overwrites: [],
    ...changes,
  });
const over = (id: string, allow: bigint, deny: bigint) => ({ id, allow, deny });

describe('the permissions in a channel', () => {
  it.each([
    ['are those of everyone and of the member’s own roles', [], VIEW | SEND],
    ['lose what everyone is denied', [over(GUILD, 0n, SEND)], VIEW],
    [
      'give back by a role what everyone is denied',
      [over('b', SEND, 0n), over(GUILD, 0n, SEND)],
      VIEW | SEND,
    ],
    [
      'let one role allow what another denies',
      [over('a', SEND, 0n), over('b', 0n, SEND)],
      VIEW | SEND,
    ],
    [
      'let the overwrite of the member decide last',
      [over(BOT, 0n, VIEW), over('a', VIEW, 0n)],
      SEND,
    ],
    ['ignore roles of others', [over('not-mine', 0n, VIEW | SEND)], VIEW | SEND],
  ])('%s', (_what, overwrites, granted) => {
    expect(asked({ overwrites })).toBe(granted);
  });

  it('are all of them for the owner and for an administrator, whatever is denied', () => {
    const overwrites = [over(GUILD, 0n, VIEW | SEND)];
    const roles = [{ id: 'a', permissions: Administrator }];
    for (const granted of [asked({ overwrites, ownerId: BOT }), asked({ overwrites, roles })]) {
      expect(granted & (VIEW | SEND)).toBe(VIEW | SEND);
    }
  });
});
