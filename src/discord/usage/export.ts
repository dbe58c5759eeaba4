import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { CommandCall, CommandServices } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { countedItems } from '../render/counted-items.ts';
import { replyFile } from '../render/reply-file.ts';
import { answerInTurn } from './answer-later.ts';
import { journalCsv } from './journal-csv.ts';
import { monthName, readMonth } from './month-option.ts';

/** `/usage export`: every task of a month as CSV. */
export async function exportUsage(
  call: CommandCall,
  services: Pick<CommandServices, 'guilds' | 'clock' | 'journal' | 'replies' | 'reports'>,
): Promise<void> {
  const { guilds, clock, journal, replies, reports } = services;
  const messages = messagesFor(call.language);
  const { usageCommand: words } = messages;
  const { zone } = (await guilds.get(call.guildId)).zone;
  const month = readMonth(call.options.get('month'), clock.now(), zone);
  if (month === undefined) return replies.privately(call, words.badMonth);
  const turn = {
    turns: reports.turns.files,
    owner: call.guildId,
    full: words.export.alreadyRunning,
    late: words.busy,
    failed: words.failed,
  };
  return answerInTurn(call, services, turn, async () => {
    const lines = countedItems<JournalLine>(journal.readMonth(call.guildId, month));
    const file = await replyFile(journalCsv(lines.pages), {
      name: `clapper-${call.guildId}-${month}.csv`,
      contentType: 'text/csv; charset=utf-8',
      maxBytes: call.attachmentLimitBytes,
    });
    const title = monthName(month, messages.locale);
    if (lines.count() === 0) return { content: words.emptyMonth(title) };
    if (file === undefined) return { content: words.export.tooLarge(title) };
    const content = words.export.done(title, lines.count());
    const isPacked = file.name.endsWith('.gz');
    return { content: isPacked ? `${content}\n${words.export.packed}` : content, files: [file] };
  });
}
