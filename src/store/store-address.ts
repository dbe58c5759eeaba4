/** Where a store is. */
export type StoreAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  /** The address may have a password in it. */
  | { readonly kind: 'postgres'; readonly url: string };
