import type { RoundContext } from './round-context.ts';

/** Texts that no log line may contain. */
export function secretsOf({ testbed, commands }: RoundContext): string[] {
  const { discord, providers } = testbed;
  return [
    discord.token,
    providers.jimmy.key,
    providers.anyfast.key,
    'hm=',
    ...commands.flatMap(({ handle, prompt }) => [handle.token, prompt, 'secret clearing']),
  ];
}
