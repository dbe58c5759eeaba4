import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';
import type { CodeFamilies } from '../dialect.ts';

/** A code before its first dot, in lower case. */
export function codeFamily(code: string): string {
  return (code.split('.')[0] ?? code).toLowerCase();
}

/** A table of codes, written by what they mean. */
export function codeFamilies(
  rows: readonly (readonly [RejectionCategory, readonly string[]])[],
): CodeFamilies {
  return new Map(
    rows.flatMap(([category, codes]) => codes.map((code) => [codeFamily(code), category])),
  );
}
