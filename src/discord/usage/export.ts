import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CommandCall, CommandServices } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { PrivateMessage } from '../replies.ts';
import { answerLater } from './answer-later.ts';
import { journalCsv } from './journal-csv.ts';
import { monthName, readMonth } from './month-option.ts';

const pack = promisify(gzip);

/** `/usage export`: every task of a month as CSV. */
export async function exportUsage(
  call: CommandCall,
  services: Pick<CommandServices, 'guilds' | 'clock' | 'journal' | 'replies'>,
): Promise<void> {
  const { guilds, clock, journal, replies } = services;
  const messages = messagesFor(call.language);
  const { usageCommand: words } = messages;
  const { zone } = (await guilds.get(call.guildId)).zone;
  const month = readMonth(call.options.get('month'), clock.now(), zone);
  if (month === undefined) return replies.privately(call, words.badMonth);
  return answerLater(call, services, async () => {
    const lines = await journal.readMonth(call.guildId, month);
    const title = monthName(month, messages.locale);
    if (lines.length === 0) return { content: words.emptyMonth(title) };
    const files = await fileOf(
      `clapper-${call.guildId}-${month}.csv`,
      Buffer.from(journalCsv(lines), 'utf8'),
      call.attachmentLimitBytes,
    );
    if (files === undefined) return { content: words.export.tooLarge(title, lines.length) };
    const content = words.export.done(title, lines.length);
    const isPacked = files[0].name.endsWith('.gz');
    return { content: isPacked ? `${content}\n${words.export.packed}` : content, files };
  });
}

/** Compresses the file if it is too large for Discord; `undefined` if it is still too large. */
async function fileOf(
  name: string,
  csv: Buffer,
  maxBytes: number,
): Promise<[NonNullable<PrivateMessage['files']>[number]] | undefined> {
  if (csv.length <= maxBytes) return [{ name, contentType: 'text/csv; charset=utf-8', bytes: csv }];
  const bytes = await pack(csv);
  if (bytes.length > maxBytes) return undefined;
  return [{ name: `${name}.gz`, contentType: 'application/gzip', bytes }];
}
