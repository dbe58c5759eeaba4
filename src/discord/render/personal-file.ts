import { z } from 'zod';
import type { KeptConfirmation } from '../../app/ports/confirmation-port.ts';
import type { PersonalData } from '../../app/ports/personal-data-port.ts';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import { quoteSchema } from '../../domain/ledger/quote.ts';
import { taskMoneySchema } from '../../domain/ledger/task-money.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { ReplyFile } from '../replies.ts';

/** All data stored about one member, as JSON: amounts in millionths, times in ISO 8601. */
export function personalFile({ tasks, lines, pending }: PersonalData, memberId: string): ReplyFile {
  const data = {
    member: memberId,
    tasks: tasks.map(taskData),
    unconfirmed: pending.map(pendingData),
    journal: lines.map((line) => z.encode(journalLineSchema, line)),
  };
  return {
    name: 'clapper-my-data.json',
    contentType: 'application/json',
    bytes: Buffer.from(`${JSON.stringify(data, null, 2)}\n`),
  };
}

/**
 * Leaves out the interaction token: it is the bot's key to its own message, not the member's data.
 */
function taskData({ id, guildId, acceptedAt, settings, stage, quote, money, secrets }: Task) {
  return {
    task: id,
    server: guildId,
    at: new Date(acceptedAt).toISOString(),
    ...settings,
    stage: stage.name,
    ...('outcome' in stage ? { outcome: stage.outcome } : {}),
    quote: z.encode(quoteSchema, quote),
    money: z.encode(taskMoneySchema, money),
    ...(secrets.submission === undefined
      ? {}
      : { prompt: secrets.submission.prompt, media: secrets.submission.media }),
    ...(secrets.resultUrl === undefined ? {} : { result: secrets.resultUrl }),
  };
}

function pendingData({ id, guildId, route, expiresAt, request, shown }: KeptConfirmation) {
  return {
    request: id,
    server: guildId,
    until: new Date(expiresAt).toISOString(),
    route,
    ...(shown === undefined ? {} : { quote: z.encode(quoteSchema, shown) }),
    ...(request === undefined ? {} : { asked: request }),
  };
}
