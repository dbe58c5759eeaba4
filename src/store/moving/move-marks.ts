import { z } from 'zod';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { moveFaults } from './texts.ts';

/** The mark of a store that was moved away. */
export const MOVED_KEY = 'meta:moved';
/** The mark of a store that a move is filling. */
export const ARRIVING_KEY = 'meta:arriving';

const movedSchema = z.object({
  /** The id of the move. */
  move: z.string(),
  /** Where to; without a password. */
  to: z.string(),
  /** The schema of its records; the mark of the schema itself is beyond every version's meanwhile. */
  version: z.int().positive(),
  /** Whether the target was complete when this was written. */
  isFinished: z.boolean(),
});
export type Moved = Readonly<z.output<typeof movedSchema>>;

const arrivingSchema = z.object({
  move: z.string(),
  /** Where from; without a password. */
  from: z.string(),
  /** The id of the moved store; `undefined` where it had none. */
  storeId: z.string().optional(),
});
export type Arriving = Readonly<z.output<typeof arrivingSchema>>;

export interface MoveMarks {
  readonly moved: Moved | undefined;
  readonly arriving: Arriving | undefined;
}

/**
 * The schema of a store that was moved away, so that versions that do not know the mark refuse it as
 * newer than they are.
 */
export const MOVED_SCHEMA = 1_000_000_000;

const ELSEWHERE = 'another address, which is damaged here';

/** Reads the marks of a move. A damaged one still marks the store. */
export async function readMoveMarks(records: Pick<RecordStore, 'getMany'>): Promise<MoveMarks> {
  const [moved, arriving] = await records.getMany([MOVED_KEY, ARRIVING_KEY]);
  return {
    moved:
      moved === undefined
        ? undefined
        : movedSchema
            .catch({ move: '', to: ELSEWHERE, version: MOVED_SCHEMA, isFinished: true })
            .parse(moved),
    arriving:
      arriving === undefined
        ? undefined
        : arrivingSchema.catch({ move: '', from: ELSEWHERE }).parse(arriving),
  };
}

/** Throws, with advice, if the store was moved away, or is the target of a move that was cut off. */
export async function refuseMovedStore(records: Pick<RecordStore, 'getMany'>): Promise<void> {
  const { moved, arriving } = await readMoveMarks(records);
  if (arriving !== undefined) throw new Error(moveFaults.unfinished(arriving.from));
  if (moved !== undefined) throw new Error(moveFaults.movedTo(moved.to));
}
