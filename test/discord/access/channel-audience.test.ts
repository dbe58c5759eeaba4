import { describe, expect, it } from 'vitest';
import { createChannelAudience } from '../../../src/discord/access/channel-audience.ts';
import { fakeClock } from '../../fakes/clock.ts';

const GUILD = '120000000000000001';
const CHANNEL = '130000000000000001';
const PARENT = '130000000000000002';
const VIEW = '1024';

type Answers = Readonly<Record<string, unknown>>;

const guild = (permissions: string) => ({
  roles: [
    { id: GUILD, permissions },
    { id: '140000000000000001', permissions: '8' },
  ],
});
const channel = (changes: object = {}) => ({
  type: 0,
  guild_id: GUILD,
  permission_overwrites: [],
  ...changes,
});
const everyone = (allow: string, deny: string) => ({ id: GUILD, type: 0, allow, deny });

async function audienceOf(answers: Answers): Promise<boolean | undefined> {
  const request = async (route: string): Promise<unknown> => {
    if (!(route in answers)) throw new Error('Missing Access');
    return answers[route];
  };
  return createChannelAudience(request, fakeClock()).isReadByEveryone(GUILD, CHANNEL);
}

const inGuild = (of: object, permissions = VIEW): Answers => ({
  [`/guilds/${GUILD}`]: guild(permissions),
  [`/channels/${CHANNEL}`]: of,
});

const never = async (): Promise<never> => new Promise<never>(() => undefined);

describe('whether everyone can read a channel', () => {
  it.each<[string, Answers, boolean | undefined]>([
    ['by the role of everyone', inGuild(channel()), true],
    ['not by another role', inGuild(channel(), '0'), false],
    [
      'not where the channel denies it',
      inGuild(channel({ permission_overwrites: [everyone('0', VIEW)] })),
      false,
    ],
    [
      'where the channel alone allows it',
      inGuild(channel({ permission_overwrites: [everyone(VIEW, '0')] }), '0'),
      true,
    ],
    ['not in a private thread', inGuild(channel({ type: 12, parent_id: PARENT })), false],
    [
      'not in a thread of a channel that denies it',
      {
        ...inGuild(channel({ type: 11, parent_id: PARENT })),
        [`/channels/${PARENT}`]: channel({ permission_overwrites: [everyone('0', VIEW)] }),
      },
      false,
    ],
    ['unknown where the bot has no access', { [`/guilds/${GUILD}`]: guild(VIEW) }, undefined],
    ['unknown where Discord answers otherwise', inGuild({ message: 'odd' }), undefined],
    ['unknown where it is of another server', inGuild(channel({ guild_id: '1' })), undefined],
  ])('%s', async (_why, answers, expected) => {
    expect(await audienceOf(answers)).toBe(expected);
  });

  it('is unknown where Discord takes too long', async () => {
    const clock = fakeClock();
    const asked = createChannelAudience(never, clock).isReadByEveryone(GUILD, CHANNEL);
    await clock.advance(2000);
    expect(await asked).toBeUndefined();
  });
});
