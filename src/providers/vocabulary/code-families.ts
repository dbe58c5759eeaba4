import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';
import type { CodeFamilies } from '../dialect.ts';

/** Returns a code up to its first dot, in lower case. */
export function codeFamily(code: string): string {
  return (code.split('.')[0] ?? code).toLowerCase();
}

/** Builds a lookup of code families from rows grouped by category. */
export function codeFamilies(
  rows: readonly (readonly [RejectionCategory, readonly string[]])[],
): CodeFamilies {
  return new Map(
    rows.flatMap(([category, codes]) => codes.map((code) => [codeFamily(code), category])),
  );
}
