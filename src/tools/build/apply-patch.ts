/** A text to replace in one source file. */
export interface Patch {
  /** The path below `src`. */
  readonly file: string;
  /** Is in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** Applies a patch to the text of its file. Throws if what it replaces is not there exactly once. */
export function applyPatch(text: string, { file, find, replace }: Patch): string {
  const parts = text.split(find);
  if (parts.length !== 2) throw new Error(`the patch does not fit ${file}: ${find}`);
  return parts.join(replace);
}
