/**
 * Waits for a write, and if it fails, forgets what memory has of it before the failure is reported: a failed
 * write may be on disk all the same, and what is there applies.
 */
export async function writeOrForget(write: Promise<void>, forget: () => unknown): Promise<void> {
  try {
    await write;
  } catch (cause) {
    forget();
    throw cause;
  }
}
