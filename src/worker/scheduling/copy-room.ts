import { MAX_INLINE_BYTES } from '../../domain/routes/copy-rules.ts';

/** A task and what its copies take together. */
interface CopyNeed {
  readonly taskId: string;
  readonly bytes: number;
}

/**
 * Room in memory for the copies of media of creates in flight. Each provider has a
 * room of its own, so that a slow one holds up no other.
 */
export interface CopyRoom {
  /**
   * Takes room for the copies of one task, until the returned function is called; `undefined` where
   * others leave too little, or wait longer: then the task waits in line, and asks again. What is
   * larger than the room gets it alone.
   */
  takeCopyRoom(provider: string, need: CopyNeed): (() => void) | undefined;
  /** Takes a task out of the line that does not need the room any more. */
  leaveCopyLine(taskId: string): void;
}

interface Room {
  taken: number;
  /** Ids of the tasks that wait, in their order. */
  readonly line: Set<string>;
}

/** Creates empty rooms; each has as much room as one full create needs. */
export function createCopyRoom(roomBytes = MAX_INLINE_BYTES): CopyRoom {
  const rooms = new Map<string, Room>();
  const roomOf = (provider: string): Room => {
    const known = rooms.get(provider);
    if (known !== undefined) return known;
    const room = { taken: 0, line: new Set<string>() };
    rooms.set(provider, room);
    return room;
  };
  return {
    takeCopyRoom(provider, { taskId, bytes }) {
      if (bytes === 0) return () => undefined;
      const room = roomOf(provider);
      room.line.add(taskId);
      const [first] = room.line;
      const isFree = room.taken === 0 || room.taken + bytes <= roomBytes;
      if (first !== taskId || !isFree) return undefined;
      room.line.delete(taskId);
      room.taken += bytes;
      return () => {
        room.taken -= bytes;
      };
    },
    leaveCopyLine(taskId) {
      for (const { line } of rooms.values()) line.delete(taskId);
    },
  };
}
