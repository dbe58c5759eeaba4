import { stat } from 'node:fs/promises';
import { inspectStore } from '../store/backup/inspect-store.ts';
import type { StoreInspection } from '../store/backup/inspect-store.ts';
import { errorCode } from '../domain/error-code.ts';
import { MIGRATIONS, SCHEMA_VERSION, pathFrom } from '../store/schema/migrations.ts';
import { hasOtherNames, isStoreLocked } from '../store/records/process-lock.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const { store: texts, accounts, bot, unknownFault } = doctorTexts;

/**
 * Checks whether the store opens and is intact, and whether a bot runs on it. Does not create one.
 */
export async function checkStore(path: string): Promise<Finding[]> {
  let bytes: number;
  try {
    bytes = (await stat(path)).size;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') {
      return [ok(texts.about, texts.none(path))];
    }
    return [unreadable(path, cause)];
  }
  if (bytes === 0) return [fault(texts.about, texts.empty(path))];
  try {
    const inspection = await inspectStore(path);
    const moves = moveFindings(inspection);
    if (moves.length > 0) return moves;
    return [
      fileFinding(path, bytes, inspection),
      await lockFinding(path),
      ...namesFinding(path),
      ...restoreFindings(inspection),
    ];
  } catch (cause) {
    return [unreadable(path, cause)];
  }
}

function fileFinding(
  path: string,
  bytes: number,
  { damage, schemaVersion: version }: StoreInspection,
): Finding {
  if (damage.length > 0) {
    return fault(texts.about, texts.damaged(path, damage.slice(0, 3).join('; ')));
  }
  if (version === undefined) return fault(texts.about, texts.unversioned(path));
  return schemaFinding(path, { bytes, version });
}

/** That a start is refused because of a move, if there was one. */
export function moveFindings({
  moved,
  arriving,
}: Pick<StoreInspection, 'moved' | 'arriving'>): Finding[] {
  if (arriving !== undefined) return [fault(texts.about, texts.unfinishedMove(arriving.from))];
  return moved === undefined ? [] : [fault(texts.about, texts.moved(moved.to))];
}

function namesFinding(path: string): Finding[] {
  if (!hasOtherNames(path)) return [];
  return [warning(texts.about, texts.manyNames(path))];
}

/**
 * What the operator should know after a restore: what will be held, and what is missing from the
 * accounts.
 */
export function restoreFindings({
  copiedAt,
  restore,
}: Pick<StoreInspection, 'copiedAt' | 'restore'>): Finding[] {
  const found: Finding[] = [];
  if (copiedAt !== undefined) found.push(warning(texts.about, texts.copy(instant(copiedAt))));
  if (restore !== undefined) {
    const until = restore.found === undefined ? undefined : instant(restore.found);
    found.push(warning(accounts.about, accounts.incomplete(instant(restore.since), until)));
  }
  return found;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Whether a start can use a store of that schema. */
export function schemaFinding(
  path: string,
  { bytes, version }: { readonly bytes: number; readonly version: number },
): Finding {
  if (version > SCHEMA_VERSION) {
    return fault(texts.about, texts.newer(path, version, SCHEMA_VERSION));
  }
  if (pathFrom(MIGRATIONS, version) === undefined) {
    return fault(texts.about, texts.tooOld(path, version));
  }
  const text = version < SCHEMA_VERSION ? texts.toMigrate : texts.whole;
  return ok(texts.about, text(path, version, bytes));
}

async function lockFinding(path: string): Promise<Finding> {
  return ok(bot.about, (await isStoreLocked(path)) ? bot.running : bot.stopped);
}

function unreadable(path: string, cause: unknown): Finding {
  return fault(texts.about, texts.unreadable(path, errorCode(cause) ?? unknownFault));
}
