import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { judgeAccess } from './judge-access.ts';
import { judgeAttempts } from './judge-attempts.ts';
import { judgeAuto } from './judge-auto.ts';
import { judgeCancels } from './judge-cancels.ts';
import { judgeLostCreates } from './judge-lost-creates.ts';
import { judgeMoney } from './judge-money.ts';
import { judgeCompany } from './judge-company.ts';
import { judgeCreates } from './judge-creates.ts';
import { judgeDeeds } from './judge-deeds.ts';
import { judgeEnds } from './judge-ends.ts';
import { judgeHolds } from './judge-holds.ts';
import { judgeLibrary } from './judge-library.ts';
import { judgeNamed } from './judge-named.ts';
import { judgeUploadMoney } from './judge-upload-money.ts';
import { judgeUploads } from './judge-uploads.ts';
import { judgeMessages } from './judge-messages.ts';
import { judgeProcess } from './judge-process.ts';
import { judgeSettlements } from './judge-settlements.ts';
import { judgeTimes } from './judge-times.ts';

const JUDGES = [
  judgeAccess,
  judgeAttempts,
  judgeAuto,
  judgeCancels,
  judgeCreates,
  judgeLostCreates,
  judgeDeeds,
  judgeEnds,
  judgeMessages,
  judgeMoney,
  judgeSettlements,
  judgeHolds,
  judgeLibrary,
  judgeNamed,
  judgeUploads,
  judgeUploadMoney,
  judgeTimes,
  judgeProcess,
  judgeCompany,
] as const;

/** Finds every promise that a round has broken. */
export function judge(evidence: Evidence): Finding[] {
  return JUDGES.flatMap((one) => one(evidence));
}
