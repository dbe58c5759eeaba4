import { z } from 'zod';
import type { RecordStore } from '../app/ports/record-store-port.ts';

const PREFIX = 'route-list:';
const keyOf = (provider: string): string => `${PREFIX}${provider}`;

const keptSchema = z.object({ entries: z.array(z.unknown()) });

/** The last usable list of routes of each provider that has one of its own. */
export interface RouteListStore {
  /** `undefined` when none was kept, or it cannot be read. */
  get(provider: string): Promise<readonly unknown[] | undefined>;
  keep(provider: string, entries: readonly unknown[]): Promise<void>;
}

/** Creates the store of kept lists. */
export function createRouteListStore(records: Pick<RecordStore, 'get' | 'write'>): RouteListStore {
  return {
    async get(provider) {
      return keptSchema.safeParse(await records.get(keyOf(provider))).data?.entries;
    },
    async keep(provider, entries) {
      await records.write([{ key: keyOf(provider), value: { entries } }]);
    },
  };
}
