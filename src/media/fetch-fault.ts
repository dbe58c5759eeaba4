/** Trouble that the fetcher itself finds; the system's own comes with codes like `ECONNRESET`. */
export type FaultCode =
  | 'PRIVATE_ADDRESS'
  | 'HEADERS_TIMEOUT'
  | 'BODY_STALLED'
  | 'BODY_CUT'
  | 'TOTAL_TIMEOUT';

export const createFault = (code: FaultCode): Error & { readonly code: FaultCode } =>
  Object.assign(new Error(code), { code });
