import type { AutoFacts } from '../../domain/auto/choose-auto.ts';
import type { CommandServices } from '../command.ts';

export type AutoFactServices = Pick<CommandServices, 'priceList' | 'durations' | 'pauses'>;

/** What `auto` goes by, from memory. */
export function autoFacts({ priceList, durations, pauses }: AutoFactServices): AutoFacts {
  return {
    priceList,
    typical: (kind) => durations.typical(kind),
    isPaused: (provider) => pauses.until(provider) !== undefined,
  };
}
