import { setImmediate as turn } from 'node:timers/promises';

/** A body in parts, which is written slice by slice; `inBase64` is written as Base64. */
export interface PartedBody {
  /** As it is written. */
  readonly bytes: number;
  readonly parts: readonly BodyPart[];
}

export type BodyPart = Buffer | { readonly inBase64: Uint8Array };

/** So much is made at a time; in Base64, a multiple of 3 stands alone. */
const SLICE_BYTES = 192 * 1024;

export function partedBody(parts: readonly BodyPart[]): PartedBody {
  return { parts, bytes: parts.reduce((sum, part) => sum + bytesOf(part), 0) };
}

function bytesOf(part: BodyPart): number {
  return Buffer.isBuffer(part) ? part.length : 4 * Math.ceil(part.inBase64.length / 3);
}

/**
 * The bytes of a body. Between its slices everything else has its turn: a body of 45 MiB made at once
 * would hold up the answers to other members.
 */
export async function* inSlices({ parts }: PartedBody): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    const content = Buffer.isBuffer(part) ? part : part.inBase64;
    for (let at = 0; at < content.length; at += SLICE_BYTES) {
      const slice = content.subarray(at, at + SLICE_BYTES);
      yield Buffer.isBuffer(part) ? slice : base64Of(slice);
      await turn();
    }
  }
}

function base64Of({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(buffer, byteOffset, length).toString('base64'), 'latin1');
}
