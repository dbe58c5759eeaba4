import { timeKey } from '../records/rekey-ahead.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import type { DAMAGED } from '../../domain/notice.ts';
import type { Notice } from '../../domain/notice.ts';

export const NOTICE_PREFIX = 'notice:';
export const noticePrefix = (guildId: string): string => `${NOTICE_PREFIX}${guildId}:`;
export const noticeKey = (guildId: string, at: number, order: string): string =>
  timeKey(noticePrefix(guildId), at, order);

/** The notice of a damaged record, to be written in the commit that quarantines the record. */
export function damageNotice(
  guildId: string,
  { at, what, key }: { at: number; what: (typeof DAMAGED)[number]; key: string },
): StoredRecord {
  const value: Notice = { at, about: { kind: 'damaged', what, key } };
  return { key: noticeKey(guildId, at, key), value };
}
