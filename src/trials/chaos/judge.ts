import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { judgeBooks } from './judge-books.ts';
import { judgeCreates } from './judge-creates.ts';
import { judgeEnds } from './judge-ends.ts';
import { judgeMessages } from './judge-messages.ts';
import { judgeProcess } from './judge-process.ts';

/** Every promise of the contract's sections 3 to 7 that a round can have broken. */
export function judge(evidence: Evidence): Finding[] {
  return [judgeCreates, judgeEnds, judgeMessages, judgeBooks, judgeProcess].flatMap((one) =>
    one(evidence),
  );
}
