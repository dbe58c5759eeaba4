/** Faults detected by the fetcher itself. System errors have codes like `ECONNRESET`. */
export type FaultCode =
  | 'PRIVATE_ADDRESS'
  | 'HEADERS_TIMEOUT'
  | 'BODY_STALLED'
  | 'BODY_CUT'
  | 'TOTAL_TIMEOUT';

export const createFault = (code: FaultCode): Error & { readonly code: FaultCode } =>
  Object.assign(new Error(code), { code });
