import type { LeftOut } from '../../domain/preferences/with-preferences.ts';
import type { Messages } from '../messages/en.ts';

/** What a task's message says of preferences that were left out; empty if none were. */
export function leftOutText(
  leftOut: LeftOut,
  { preferences: words, units }: Pick<Messages, 'preferences' | 'units'>,
): string {
  const options = leftOut.filter((option) => option !== 'model').map((option) => `\`${option}\``);
  return units.sentences([
    ...(leftOut.includes('model') ? [words.modelLeftOut] : []),
    ...(options.length === 0 ? [] : [words.leftOut(units.and(options))]),
  ]);
}
