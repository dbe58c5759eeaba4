import { REJECTION_CATEGORIES } from '../../domain/tasks/provider-rejection.ts';
import type { Sentences } from '../dialect.ts';

/** A dialect's own sentences beside the common ones. */
export function withSentences(common: Sentences, own: Sentences): Sentences {
  return Object.fromEntries(
    REJECTION_CATEGORIES.map((category) => [
      category,
      [...(own[category] ?? []), ...(common[category] ?? [])],
    ]),
  );
}
