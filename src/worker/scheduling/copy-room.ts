import { MAX_INLINE_BYTES } from '../../domain/routes/copy-rules.ts';

/**
 * Room in memory for the copies of media of creates in flight. A copy inside of a create takes
 * several times its size. Each provider has a room of its own, so that a slow one holds up no other.
 */
export interface CopyRoom {
  /**
   * Takes room for the copies of one task, until the returned function is called; `undefined` where
   * others leave too little. What is larger than the room gets it alone.
   */
  takeCopyRoom(provider: string, bytes: number): (() => void) | undefined;
}

/** Creates empty rooms; each has as much room as one full create needs. */
export function createCopyRoom(roomBytes = MAX_INLINE_BYTES): CopyRoom {
  const taken = new Map<string, number>();
  const takenBy = (provider: string): number => taken.get(provider) ?? 0;
  return {
    takeCopyRoom(provider, bytes) {
      const before = takenBy(provider);
      if (bytes > 0 && before > 0 && before + bytes > roomBytes) return undefined;
      taken.set(provider, before + bytes);
      return () => {
        taken.set(provider, takenBy(provider) - bytes);
      };
    },
  };
}
