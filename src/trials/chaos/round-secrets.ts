import { PROVIDER_NAMES } from './round-world.ts';
import type { RoundContext } from './round-context.ts';

/** Texts that no log line may contain. */
export function secretsOf({ testbed, commands }: RoundContext): string[] {
  const { discord, providers } = testbed;
  return [
    discord.token,
    ...PROVIDER_NAMES.map((name) => providers[name].key),
    'hm=',
    ...commands.flatMap(({ handle, prompt }) => [handle.token, prompt, 'secret clearing']),
  ];
}
