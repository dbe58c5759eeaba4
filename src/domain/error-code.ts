/** The system's or the library's name of what went wrong, such as `EACCES`; undefined where it gives none. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
