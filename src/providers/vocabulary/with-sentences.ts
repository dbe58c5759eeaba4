import { REJECTION_CATEGORIES } from '../../domain/tasks/provider-rejection.ts';
import type { Sentences } from '../dialect.ts';

/** Merges a dialect's own sentences with the common ones. */
export function withSentences(common: Sentences, own: Sentences): Sentences {
  return Object.fromEntries(
    REJECTION_CATEGORIES.map((category) => [
      category,
      [...(own[category] ?? []), ...(common[category] ?? [])],
    ]),
  );
}
