import { HOLDS_ALL } from '../../domain/tasks/restored.ts';
import { isOperatorAccount } from '../../domain/ledger/account-key.ts';
import { copyRows } from '../copy/copy-rows.ts';
import type { CopiedRows } from '../copy/copy-rows.ts';
import { operatorAccountsFor } from '../copy/operator-accounts.ts';
import { createCipher } from '../records/cipher.ts';
import { keyCheck } from '../records/key-check.ts';
import { NAMESPACE } from '../records/record-rows.ts';
import { MEDIA_MARK_KEY } from '../media-mark.ts';
import { SCHEMA_VERSION } from '../schema/migrations.ts';
import { SCHEMA_KEY, readSchemaMark } from '../schema/schema-version.ts';
import { copyMark, readOrigin } from '../store-origin.ts';
import { MoveRefused } from './movable-store.ts';
import type { MovableStore } from './movable-store.ts';
import { ARRIVING_KEY, MOVED_KEY, MOVED_SCHEMA, readMoveMarks } from './move-marks.ts';
import type { Arriving, Moved, MoveMarks } from './move-marks.ts';
import { moveFaults as faults } from './texts.ts';

/** What came of a move. */
export type MoveResult =
  | { readonly kind: 'moved'; readonly copied: CopiedRows }
  /** An earlier call had moved all of it. */
  | { readonly kind: 'was-moved' }
  /** It was the way back of a move that was cut off: the target of this one is the store again. */
  | { readonly kind: 'undone' };

/** The two stores of a move, both locked. */
interface Sides {
  readonly source: MovableStore;
  readonly target: MovableStore;
}

export interface MoveOptions {
  readonly newId: () => string;
  /** The key that the store is sealed with; `undefined` where it is not known. */
  readonly key?: Uint8Array | undefined;
}

/**
 * Moves a stopped store. At no moment could both be started: the target is refused by its mark until it
 * is complete, and before that the source is marked as moved. After a cut at any point the same call
 * begins anew, and the call with the sides exchanged undoes what was done. Rejects with `MoveRefused`.
 */
export async function moveStore(sides: Sides, options: MoveOptions): Promise<MoveResult> {
  const { source, target } = sides;
  const [here, there] = [await readMoveMarks(source), await readMoveMarks(target)];
  if (here.arriving !== undefined) return undo(sides, here.arriving, there.moved);
  const step = await nextStep(sides, here, there);
  if (step.kind === 'finish') {
    await finish(source, step.moved);
    return { kind: 'was-moved' };
  }
  return { kind: 'moved', copied: await copy(sides, step, options) };
}

/** What is left to be done. */
type Step =
  | { readonly kind: 'finish'; readonly moved: Moved }
  | {
      readonly kind: 'copy';
      readonly version: number;
      /** The mark of the source, where a former call has written it. */
      readonly moved?: Moved;
      /** Whether the target may have been in use since. */
      readonly isRepeated: boolean;
    };

async function nextStep(
  { source, target }: Sides,
  { moved }: MoveMarks,
  there: MoveMarks,
): Promise<Step> {
  const isEmpty = await target.isEmpty();
  if (moved === undefined) {
    const version = await versionOf(source);
    if (await source.hasLateAnswers()) throw new MoveRefused(faults.lateAnswers(source.place));
    if (!isEmpty) await refuseFilled({ source, target }, there);
    return { kind: 'copy', version, isRepeated: false };
  }
  const { version } = moved;
  if (there.arriving !== undefined && there.arriving.move === moved.move) {
    return { kind: 'copy', version, moved, isRepeated: false };
  }
  if (moved.to !== target.place) throw new MoveRefused(faults.movedTo(moved.to));
  if (isEmpty && !moved.isFinished) return { kind: 'copy', version, moved, isRepeated: true };
  const [one, other] = [await readOrigin(source), await readOrigin(target)];
  if (isEmpty || there.moved !== undefined || one.storeId !== other.storeId) {
    throw new MoveRefused(faults.movedTo(moved.to));
  }
  return { kind: 'finish', moved };
}

/** The schema of a store that can be moved. */
async function versionOf(source: MovableStore): Promise<number> {
  const mark = await readSchemaMark(source);
  if (mark === undefined) {
    throw new MoveRefused(
      (await source.isEmpty()) ? faults.none(source.place) : faults.unversioned(source.place),
    );
  }
  if (mark.version > SCHEMA_VERSION) throw new MoveRefused(faults.newerSchema(source.place));
  if (mark.version < SCHEMA_VERSION || mark.backup !== undefined) {
    throw new MoveRefused(faults.olderSchema(source.place));
  }
  return mark.version;
}

/** Refuses a target that has anything but what a former move of the same store has left there. */
async function refuseFilled({ source, target }: Sides, there: MoveMarks): Promise<void> {
  const { place } = target;
  if (there.arriving !== undefined) {
    const { from, storeId } = there.arriving;
    const { id, record } = await readOrigin(source);
    if (from === source.place || (id === 'known' && record.id === storeId)) return;
    throw new MoveRefused(faults.foreignMove(place, from));
  }
  if (there.moved !== undefined) throw new MoveRefused(faults.husk(place, there.moved.to));
  throw new MoveRefused(faults.hasRecords(place));
}

async function copy(
  { source, target }: Sides,
  { version, moved, isRepeated }: Extract<Step, { kind: 'copy' }>,
  { newId, key: sealedWith }: MoveOptions,
): Promise<CopiedRows> {
  const { id, record } = await readOrigin(source);
  const move = moved?.move ?? newId();
  const arriving: Arriving = {
    move,
    from: source.place,
    ...(id === 'known' ? { storeId: record.id } : {}),
  };
  await target.replaceAll([{ key: ARRIVING_KEY, value: arriving }]);
  const copied = await copyRows(source.rows, target.rows, (whole) => {
    const key = whole.slice(NAMESPACE.length + 1);
    return !(whole.startsWith(`${NAMESPACE}:`) && (NOT_COPIED.has(key) || isOperatorAccount(key)));
  });
  if (id === 'known') await carryIntents({ source, target }, record.id);
  const accounts = await operatorAccountsFor(target.kind, source);
  const mark: Moved = moved ?? { move, to: target.place, version, isFinished: false };
  if (moved === undefined) await markMoved(source, mark);
  await target.commit(
    [
      ...accounts,
      // On Postgres a start with another key is refused.
      ...(sealedWith === undefined ? [] : [keyCheck(createCipher(sealedWith))]),
      // From when on something may have been sent from there is not known.
      ...(isRepeated ? [copyMark({ at: 0, rule: HOLDS_ALL })] : []),
      { key: SCHEMA_KEY, value: { version } },
    ],
    [ARRIVING_KEY],
  );
  await finish(source, mark);
  return copied;
}

/** Before the source is marked: from then on no start could find them there. */
async function carryIntents({ source, target }: Sides, storeId: string): Promise<void> {
  const lines = await source.intentsOf(storeId).read();
  if (lines.length > 0) await target.intentsOf(storeId).add(lines);
}

/** The marks of the move itself; those of the schema, which come last; and the place of the former. */
const NOT_COPIED: ReadonlySet<string> = new Set([
  MOVED_KEY,
  ARRIVING_KEY,
  SCHEMA_KEY,
  'meta:schema-copy',
  'meta:server',
  MEDIA_MARK_KEY,
]);

async function markMoved(source: MovableStore, moved: Moved): Promise<void> {
  await source.commit([
    { key: MOVED_KEY, value: moved },
    { key: SCHEMA_KEY, value: { version: MOVED_SCHEMA } },
  ]);
}

/** Where this fails all is moved nevertheless, and the same call says so. */
async function finish(source: MovableStore, moved: Moved): Promise<void> {
  if (moved.isFinished) return;
  await source.commit([{ key: MOVED_KEY, value: { ...moved, isFinished: true } }]);
}

async function undo(
  { source, target }: Sides,
  arriving: Arriving,
  moved: Moved | undefined,
): Promise<MoveResult> {
  const { id, record } = await readOrigin(target);
  const isItsMove = moved?.move === arriving.move;
  const isItsStore = target.place === arriving.from || record.id === arriving.storeId;
  if (!isItsMove && (moved !== undefined || id !== 'known' || !isItsStore)) {
    throw new MoveRefused(faults.unfinishedSource(source.place, arriving.from));
  }
  // First, while the half-filled one is still refused by its mark.
  if (moved !== undefined) {
    await target.commit([{ key: SCHEMA_KEY, value: { version: moved.version } }], [MOVED_KEY]);
  }
  await source.replaceAll([]);
  return { kind: 'undone' };
}
