/** What is wrong with a field. */
export type FieldIssue =
  | { readonly kind: 'required' }
  | { readonly kind: 'not-listed' }
  | { readonly kind: 'not-whole' }
  | { readonly kind: 'not-number' }
  | { readonly kind: 'too-small'; readonly min: number }
  | { readonly kind: 'too-large'; readonly max: number }
  | { readonly kind: 'too-short'; readonly min: number; readonly given: number }
  | { readonly kind: 'too-long'; readonly max: number; readonly given: number }
  | { readonly kind: 'file-too-large'; readonly maxBytes: number }
  | { readonly kind: 'file-type'; readonly accepted: readonly string[] };
