import { botIdOf } from '../config/bot-id.ts';
import { WrongSetting } from '../config/wrong-setting.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import { claimMediaFolder } from '../store/media-mark.ts';
import type { Cipher } from '../store/records/cipher.ts';
import { claimApplication } from '../store/records/claim-application.ts';
import { checkKey } from '../store/records/key-check.ts';
import type { StoreContext } from './bot-context.ts';

/**
 * Rejects, with advice, where a process cannot be one of those of a database: it is another bot, or it
 * could not read what the others have sealed.
 */
export async function claimDatabase(
  { config: { discord } }: Pick<StoreContext, 'config'>,
  records: Pick<RecordStore, 'get' | 'write'>,
  cipher: Cipher,
): Promise<void> {
  const botId = botIdOf(discord.token);
  // Discord itself refuses a text that is no token.
  if (botId !== undefined) await claimApplication(records, botId);
  await checkKey(records, cipher);
}

/** Rejects with a `WrongSetting` where other processes of a database keep media in another folder. */
export async function shareMediaFolder(
  { log }: Pick<StoreContext, 'log'>,
  records: Pick<RecordStore, 'get' | 'write' | 'remove'>,
  media: Parameters<typeof claimMediaFolder>[1],
): Promise<void> {
  const { folder } = media;
  const claim = await claimMediaFolder(records, media).catch((cause: unknown) => {
    // What cannot be used keeps nothing, which is said when it is opened.
    log.warn(
      { err: cause, folder },
      'it is not known whether MEDIA_DIR is the same for all processes',
    );
    return 'same' as const;
  });
  if (claim === 'other') throw new WrongSetting(OTHER_FOLDER);
  if (claim === 'replaced') {
    log.warn(
      { folder },
      'MEDIA_DIR is not the folder that it was: media in the former one are not found any more',
    );
  }
}

const OTHER_FOLDER = {
  name: 'MEDIA_DIR',
  problem: 'is not the folder in which the other processes of this database keep media',
  advice:
    'Mount one folder for all of them and let MEDIA_DIR lead to it, or set MEDIA_MAX_BYTES=0 for all; to move it on purpose, stop all of them first',
};
