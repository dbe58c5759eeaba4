import type { z } from 'zod';

import { explainIssue } from '../explain-issue.ts';
import type { LibraryCall } from './library-rules.ts';
import type { AssetStatus } from './simulated-asset.ts';

/** Reads the body of a call; what the documents do not allow is an invalid one. */
export function readCall<T>(
  schema: z.ZodType<T>,
  body: unknown,
  then: (body: T) => LibraryCall,
): LibraryCall {
  const parsed = schema.safeParse(body);
  return parsed.success
    ? then(parsed.data)
    : { call: 'invalid', reason: explainIssue(parsed.error) };
}

/** The words for the state of an asset: those of ByteDance's own library, whose resellers both are. */
export const STATUS_WORDS: Readonly<Record<AssetStatus, string>> = {
  processing: 'Processing',
  active: 'Active',
  failed: 'Failed',
  rejected: 'Rejected',
  missing: 'Failed',
};
