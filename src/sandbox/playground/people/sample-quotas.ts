import type { OptionValue } from '../../../simulators/discord/actors/api.ts';
import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import { actorOf, GUILDS, PEOPLE } from './people.ts';

/** The README's quotas: five videos a day per member, twenty for artists, $30 a month per server. */
function sampleQuotas(
  artistsId: string,
): (readonly [target: string, options: Record<string, OptionValue>])[] {
  return [
    ['everyone', { measure: 'videos', window: 'day', limit: '5' }],
    ['role', { measure: 'videos', window: 'day', limit: '20', role: { id: artistsId } }],
    ['server', { measure: 'cost', window: 'month', limit: '30' }],
  ];
}

/** Sets the sample quotas as the owner with `/quota set`, in each guild's last channel. */
export async function setSampleQuotas(discord: SimulatedDiscord): Promise<void> {
  const [owner] = PEOPLE;
  for (const { id: guildId, channels, roles } of GUILDS) {
    const actor = actorOf(discord, { personId: owner.id, locale: 'en-US' }, guildId);
    const channelId = channels.at(-1)?.id;
    if (actor === undefined || channelId === undefined) continue;
    for (const [target, options] of sampleQuotas(roles[0].id)) {
      const call = await actor.slash(channelId, `quota set ${target}`, options);
      await call.acknowledged;
    }
  }
}
