import { CATEGORY_ORDER } from '../rejection-category.ts';
import type { Sentences } from '../dialect.ts';

/** Merges a dialect's own sentences with the common ones. */
export function withSentences(common: Sentences, own: Sentences): Sentences {
  return Object.fromEntries(
    CATEGORY_ORDER.map((category) => [
      category,
      [...(own[category] ?? []), ...(common[category] ?? [])],
    ]),
  );
}
