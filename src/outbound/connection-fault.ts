/** Creates an error of opening a connection, with a code that a log may show. */
export const connectionFault = (code: string): Error & { readonly code: string } =>
  Object.assign(new Error(code), { code });
