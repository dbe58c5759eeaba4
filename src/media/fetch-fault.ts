/** Trouble that the fetcher itself finds; the system's own comes with codes like `ECONNRESET`. */
export type FaultCode =
  | 'PRIVATE_ADDRESS'
  | 'HEADERS_TIMEOUT'
  | 'BODY_STALLED'
  | 'BODY_CUT'
  | 'TOTAL_TIMEOUT';

export const createFault = (code: FaultCode): Error & { readonly code: FaultCode } =>
  Object.assign(new Error(code), { code });

/** The code of an error of the network, the disk or the fetcher; an error without one is a bug. */
export const faultCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
