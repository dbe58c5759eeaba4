import type { MovableStore } from './movable-store.ts';
import { openPostgresForMove } from './postgres-store.ts';
import { openSqliteForMove } from './sqlite-store.ts';
import type { StoreAddress } from '../store-address.ts';

/**
 * Opens a stopped store and locks it. `isNew`: one that is missing is made. `dataDir`: where a store in a
 * file has its intents.
 */
export async function openForMove(
  address: StoreAddress,
  options: { readonly isNew: boolean; readonly dataDir: string },
): Promise<MovableStore> {
  return address.kind === 'sqlite'
    ? openSqliteForMove(address.path, options)
    : openPostgresForMove(address.url, options);
}
