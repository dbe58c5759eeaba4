/** Room in memory for clips between download and upload, shared by all of them. */
export interface VideoRoom {
  /** The most that one clip may take, in bytes. */
  readonly clipBytes: number;
  /** Takes room for some bytes; `false` if there is not enough. */
  take(bytes: number): boolean;
  /** Gives room back. */
  give(bytes: number): void;
}

/** How much room there is, in bytes. */
export interface VideoRoomLimits {
  readonly clipBytes?: number;
  readonly totalBytes?: number;
}

const MIB = 1_048_576;

/** Creates the room: by default 8 MiB a clip and 64 MiB for all. What does not fit goes to a file. */
export function createVideoRoom({
  clipBytes = 8 * MIB,
  totalBytes = 64 * MIB,
}: VideoRoomLimits = {}): VideoRoom {
  let left = totalBytes;
  return {
    clipBytes,
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    give(bytes) {
      left += bytes;
    },
  };
}
