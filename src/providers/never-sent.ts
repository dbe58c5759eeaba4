/** A model or field that a provider documents and the bot never sends. */
export interface NeverSent {
  readonly kind: 'model' | 'field';
  /** As the document writes it; with `*`, every name that begins like that. */
  readonly name: string;
  readonly why: string;
  /** Where it is documented. */
  readonly source: string;
}
