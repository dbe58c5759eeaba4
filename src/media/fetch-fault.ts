/** Faults detected by the fetcher itself. System errors have codes like `ECONNRESET`. */
export type FaultCode =
  | 'PRIVATE_ADDRESS'
  | 'HEADERS_TIMEOUT'
  | 'BODY_STALLED'
  | 'BODY_CUT'
  | 'TOTAL_TIMEOUT';

export const createFault = (code: FaultCode): Error & { readonly code: FaultCode } =>
  Object.assign(new Error(code), { code });

/** The code of a network, disk or fetcher error. An error without a code is a bug. */
export const faultCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
