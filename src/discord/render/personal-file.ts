import { z } from 'zod';
import type { KeptConfirmation } from '../../app/ports/confirmation-port.ts';
import type { OwnNamed } from '../../app/ports/named-assets-port.ts';
import type { PersonalData } from '../../app/ports/personal-data-port.ts';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import type { Asset } from '../../domain/library/asset.ts';
import { quoteSchema } from '../../domain/ledger/quote.ts';
import { taskMoneySchema } from '../../domain/ledger/task-money.ts';
import { givenMedia } from '../../domain/routes/given-media.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import type { Task, TaskSecrets } from '../../domain/tasks/task.ts';

/**
 * All data stored about one member, as the text of a JSON file, piece by piece: amounts in
 * millionths, times in ISO 8601. Its size grows with the member's history.
 */
export async function* personalJson(
  { tasks, lines, pending, preferences, assets = [], named = [] }: PersonalData,
  memberId: string,
): AsyncGenerator<string> {
  yield `{\n  "member": ${JSON.stringify(memberId)},\n`;
  yield `  "preferences": ${indented(preferences, 2)},\n`;
  yield* listJson('tasks', tasks, taskData);
  yield ',\n';
  yield* listJson('unconfirmed', [pending], pendingData);
  yield ',\n';
  yield* listJson('libraries', [assets], assetData);
  yield ',\n';
  yield* listJson('names', [named], namedData);
  yield ',\n';
  yield* listJson('journal', lines, (line) => z.encode(journalLineSchema, line));
  yield '\n}\n';
}

/** One list of the object, indented as `JSON.stringify` does it. */
async function* listJson<T>(
  name: string,
  pages: AsyncIterable<readonly T[]> | Iterable<readonly T[]>,
  dataOf: (item: T) => object,
): AsyncGenerator<string> {
  yield `  ${JSON.stringify(name)}: [`;
  let separator = '\n';
  for await (const items of pages) {
    for (const item of items) {
      yield `${separator}    ${indented(dataOf(item), 4)}`;
      separator = ',\n';
    }
  }
  yield separator === '\n' ? ']' : '\n  ]';
}

/** JSON of which every line but the first starts with so many blanks. */
function indented(value: object, blanks: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(blanks)}`);
}

/** Without the interaction's token: it is the bot's key to its own message, not the person's data. */
function taskData(task: Task) {
  const { id, guildId, acceptedAt, stage, money, secrets } = task;
  const { quote, ...settings } = currentRoute(task);
  return {
    task: id,
    server: guildId,
    at: new Date(acceptedAt).toISOString(),
    ...settings,
    stage: stage.name,
    ...('outcome' in stage ? { outcome: stage.outcome } : {}),
    quote: z.encode(quoteSchema, quote),
    money: z.encode(taskMoneySchema, money),
    ...askedData(secrets),
    ...resultData(secrets),
  };
}

/** Not an address that only the bot can open, which is that of the operator's server. */
function resultData({ resultUrl, resultNeedsKey }: TaskSecrets) {
  return resultUrl === undefined || resultNeedsKey === true ? {} : { result: resultUrl };
}

/** What was asked for, with all that is kept of the media. */
function askedData({ request, submission }: TaskSecrets) {
  if (request === undefined) {
    return submission === undefined ? {} : { prompt: submission.prompt, media: submission.media };
  }
  const { prompt, sound, webSearch, watermark } = request;
  const media = givenMedia(request).map(({ role, attachment }) => ({ role, ...attachment }));
  return { prompt, media, sound, webSearch, watermark };
}

/** What lies in a provider's library, and the id by which the provider knows it. */
function assetData(asset: Asset) {
  const { guildId, library, kind, way, sha256, state, uploads, doomed, uses } = asset;
  const last = uploads.at(-1);
  return {
    server: guildId,
    library,
    kind,
    way,
    sha256,
    state: state.name,
    ...('id' in state ? { id: state.id } : {}),
    ...(doomed.length === 0 ? {} : { olderIds: doomed }),
    ...(last === undefined ? {} : { uploaded: new Date(last.at).toISOString() }),
    names: uses.names,
  };
}

/** A name that the person gave to a file. */
function namedData({ guildId, asset }: OwnNamed) {
  const { name, kind, way, addedAt, file, sha256 } = asset;
  return {
    server: guildId,
    name,
    kind,
    way,
    added: new Date(addedAt).toISOString(),
    ...file,
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

function pendingData(pending: KeptConfirmation) {
  const { id, guildId, route, expiresAt, request, typedDuration, shown } = pending;
  return {
    request: id,
    server: guildId,
    until: new Date(expiresAt).toISOString(),
    route,
    ...(shown === undefined ? {} : { quote: z.encode(quoteSchema, shown) }),
    ...(request === undefined ? {} : { asked: request }),
    ...(typedDuration === undefined ? {} : { typedDuration }),
  };
}
