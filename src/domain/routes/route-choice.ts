import type { RouteId } from './route.ts';

/** Discord's limit for the value of a choice, in characters. */
const VALUE_MAX = 100;
const CHECKSUM_CHARS = 13;

/**
 * A route's id as the value of a choice. A longer one is shortened to its beginning and a checksum, by
 * which `readRoute` finds the route again.
 */
export function choiceOf(id: RouteId): string {
  if (id.length <= VALUE_MAX) return id;
  return `${id.slice(0, VALUE_MAX - CHECKSUM_CHARS - 1)}~${checksumOf(id)}`;
}

/** FNV-1a with 64 bits: no secret depends on it, only that two ids of one catalogue differ. */
function checksumOf(text: string): string {
  let hash = 0xcb_f2_9c_e4_84_22_23_25n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x1_00_00_00_01_b3n);
  }
  return hash.toString(36).padStart(CHECKSUM_CHARS, '0');
}
