import type { RoundContext } from './round-context.ts';
import type { ScriptStep } from './script-step.ts';
import { pickFrom } from './dice.ts';
import { send } from './send-videos.ts';
import { mediumOf } from './shared-media.ts';
import type { Attached, SharedMedium } from './shared-media.ts';
import { GUILDS } from './round-world.ts';

/** Members of one guild ask for videos with the same files. */
export async function shareMedia(
  context: RoundContext,
  { number, model, attached, size, isAtOnce }: Extract<ScriptStep, { kind: 'share-media' }>,
): Promise<void> {
  const { dice, members, media } = context;
  const guildId = pickFrom(GUILDS, dice('shared in', number))?.id ?? '';
  const calls = members
    .filter((member) => member.guildId === guildId)
    .slice(0, size)
    .map((member, index) => async () => {
      const given = attach(media, guildId, attached);
      const files = Object.fromEntries(given.map(({ option, medium }) => [option, medium.file]));
      const names = given.map(({ medium }) => medium.name);
      await send(context, number + index, { model, ...files }, { by: member, media: names });
    });
  if (isAtOnce) await Promise.all(calls.map(async (call) => call()));
  else for (const call of calls) await call();
}

function attach(
  media: readonly SharedMedium[],
  guildId: string,
  attached: Attached,
): { readonly option: string; readonly medium: SharedMedium }[] {
  return Object.entries(attached).map(([option, word]) => ({
    option,
    medium: mediumOf(media, guildId, word),
  }));
}
