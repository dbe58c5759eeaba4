/** Hashes a word by FNV-1a: the same 32 bits for the same word in every run. */
export function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (const character of word) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
