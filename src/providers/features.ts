/** What the documents of some providers have and those of others do not. */
export const FEATURES = [
  /** A code or sentence that says "too busy", beside the status 429. */
  'busy-code',
  /** A code by which a gateway says that it lost track of a create. */
  'ambiguous-code',
  /** A code or sentence for a spent balance, beside the status 402. */
  'balance-code',
  /** A code or sentence for content that was refused. */
  'content-code',
  /** The model in the answer to a create. */
  'echoed-model',
  /** A percentage in the answer to a poll. */
  'progress',
  /** The address of the video, in the answer to a poll. */
  'result-address',
  /** What a finished task is billed for, in the answer to a poll. */
  'usage',
  /** What a finished task cost, in the answer to a poll. */
  'reported-cost',
  /** A call that cancels a task while it is queued. */
  'cancel',
  /** A list of the account's tasks. */
  'search',
  /** A call that takes a file and gives an address for it. */
  'upload',
  /** Media inside of a create, as data URIs. */
  'inline-media',
  /** A call that tells the balance. */
  'balance',
  /** A library of media. */
  'library',
  /** A sentence by which a create is refused until a medium in the library can be used. */
  'unready-assets',
  /** In every library: a list, a deletion, and groups. */
  'library-list',
  'library-deletion',
  'library-groups',
] as const;
export type Feature = (typeof FEATURES)[number];
