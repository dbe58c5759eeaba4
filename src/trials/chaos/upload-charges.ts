import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import type { Evidence } from './evidence.ts';
import type { ReportedCharge } from './reported-records.ts';

/** The upload of a named medium, with the line that the journal has of it. */
export interface BookedUpload {
  readonly charge: ReportedCharge;
  readonly line: JournalLine;
  readonly money: TaskMoney;
}

/** The uploads of named media that are in the books. */
export function bookedUploads({ records, charges }: Evidence): BookedUpload[] {
  return [...records].flatMap(([key, value]) => {
    const read = key.startsWith('journal:') ? journalLineSchema.safeParse(value).data : undefined;
    const charge = read?.isUpload === true ? charges.get(read.task) : undefined;
    if (read === undefined || charge === undefined) return [];
    return [{ charge, line: read, money: moneyOf(read) }];
  });
}

/** The money that a line says; an upload is no video. */
function moneyOf({ state, quoted, settled }: JournalLine): TaskMoney {
  const none = { videos: 0n, seconds: 0n };
  const at = (cost: bigint | undefined) => (cost === undefined ? none : { ...none, cost });
  switch (state) {
    case 'reserved':
    case 'held':
      return { state, amounts: at(quoted) };
    case 'settled':
      return { state: 'settled', amounts: at(settled) };
    case 'settled (assumed)':
      return { state: 'settled', amounts: at(settled), assumed: true };
    case 'released':
    case 'released (assumed)':
      return { state: 'released', assumed: state !== 'released' };
  }
}
