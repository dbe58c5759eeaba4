import { realpath } from 'node:fs/promises';
import type { StoreSetting } from '../../config/store-setting.ts';

/** What names a store in a request, the same for the bot and the command. */
export async function storeName(setting: StoreSetting, storeId: string): Promise<string> {
  return setting.kind === 'sqlite' ? realpath(setting.path) : `postgres:${storeId}`;
}
