/** A file that a client uploaded. */
export interface Upload {
  readonly filename: string;
  readonly mimeType: string;
  readonly content: Uint8Array;
}
