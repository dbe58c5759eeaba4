/** A JSON reply. */
export interface JsonReply {
  readonly status: number;
  readonly body: unknown;
}
