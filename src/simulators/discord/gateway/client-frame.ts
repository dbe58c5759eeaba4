import { field, integerOf, isRecord, listOf, textOf } from '../values.ts';

const SHARD_SHIFT = 22n;

/** A frame from the client, with defaults for missing fields. */
export interface ClientFrame {
  readonly op: number;
  readonly token: string;
  readonly sessionId: string;
  readonly sequence: number;
  readonly intents: number;
  readonly shard: readonly [number, number];
}

/** Parses a frame; returns `undefined` for invalid JSON or a missing opcode. */
export function readClientFrame(text: string): ClientFrame | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return undefined;
  }
  const op = integerOf(field(frame, 'op'));
  if (!isRecord(frame) || op === undefined) {
    return undefined;
  }
  const data = frame['d'];
  const [index, count] = listOf(field(data, 'shard'));
  return {
    op,
    token: (textOf(field(data, 'token')) ?? '').replace(/^Bot\s+/u, ''),
    sessionId: textOf(field(data, 'session_id')) ?? '',
    sequence: integerOf(field(data, 'seq')) ?? 0,
    intents: integerOf(field(data, 'intents')) ?? 0,
    shard: [integerOf(index) ?? 0, integerOf(count) ?? 1],
  };
}

/** Returns the shard that receives a guild's events. */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> SHARD_SHIFT) % BigInt(count));
}
