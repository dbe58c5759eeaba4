import { isTimeZone } from '../../domain/ledger/time-zone.ts';
import { readMoney } from '../../domain/ledger/typed-amount.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { CommandCall } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import { LANGUAGE_CHOICES, LIST_NAMES, WORD_MAX } from './definition.ts';
import type { ListName } from './definition.ts';
import type { Edit } from '../options/edit.ts';
import { addEdit, clearEdit, removeEdit } from './list-edits.ts';
import { currencyFault } from '../options/currency-fault.ts';
import { choiceOption, idOption } from '../options/option-value.ts';
import type { OptionValue } from '../options/option-value.ts';
import {
  confirmEdit,
  finishPingEdit,
  languageEdit,
  noticesAsTheyAre,
  noticesEdit,
  openAsItIs,
  reopenEdit,
  timeZoneEdit,
} from './value-edits.ts';

export interface EditContext {
  readonly messages: Messages;
  readonly routesOn: readonly Route[];
  /** The price list's currency; `undefined` without a price list. */
  readonly currency: string | undefined;
  readonly nowMs: number;
}

/**
 * Reads the edit of one option. A string says what is wrong with the value; `undefined` means a
 * value that Discord's client cannot send.
 */
type Reader = (value: OptionValue, context: EditContext) => Edit | string | undefined;

/** In the order in which they are applied: `clear` comes before adding to the same list. */
const READERS: readonly (readonly [option: string, reader: Reader])[] = [
  ['timezone', readTimeZone],
  ['clear', readClear],
  ['channel_add', listReader('channels', addEdit)],
  ['channel_remove', listReader('channels', removeEdit)],
  ['route_add', listReader('routes', addEdit)],
  ['route_remove', listReader('routes', removeEdit)],
  ['word_add', listReader('words', addEdit)],
  ['word_remove', listReader('words', removeEdit)],
  ['member_block', listReader('blocked', addEdit)],
  ['member_unblock', listReader('blocked', removeEdit)],
  ['confirm_above', readConfirmAbove],
  ['language', readLanguage],
  ['notices', readNotices],
  ['notices_off', readNoticesOff],
  ['finish_ping', readFinishPing],
  ['reopen', readReopen],
];

/** The requested edits, or what is wrong with them; then none is applied. */
export function readEdits(
  options: CommandCall['options'],
  context: EditContext,
): { readonly edits: readonly Edit[] } | { readonly complaint: string } {
  const { answers, settingsCommand: words } = context.messages;
  const edits: Edit[] = [];
  const problems: string[] = [];
  for (const [option, reader] of READERS) {
    const value = options.get(option);
    if (value === undefined) continue;
    const edit = reader(value, context);
    if (edit === undefined) return { complaint: answers.notUnderstood };
    if (typeof edit === 'string') problems.push(words.problem(option, edit));
    else edits.push(edit);
  }
  if (options.has('notices') && options.get('notices_off') === true) {
    problems.push(words.problem('notices', words.noticesTwice));
  }
  if (problems.length > 0) return { complaint: [words.nothingChanged, ...problems].join('\n') };
  return edits.length === 0 ? { complaint: words.nothingGiven } : { edits };
}

function listReader(
  list: ListName,
  edit: (list: ListName, item: string, words: Messages['settingsCommand']) => Edit,
): Reader {
  return (value, context) => {
    const { settingsCommand: words } = context.messages;
    if (list === 'words') {
      const word = readWord(value);
      if (word === undefined) return undefined;
      if (word === '') return words.wordWrong;
      return word.length > WORD_MAX ? words.wordTooLong(WORD_MAX) : edit('words', word, words);
    }
    const item =
      list === 'routes' ? context.routesOn.find(({ id }) => id === value)?.id : idOption(value);
    return item === undefined ? undefined : edit(list, item, words);
  };
}

/**
 * Normalises a word as prompts are before they are searched. A word that ends up empty would match
 * every prompt.
 */
function readWord(value: OptionValue): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
}

function readClear(value: OptionValue, { messages }: EditContext): Edit | undefined {
  const list = choiceOption(value, LIST_NAMES);
  return list && clearEdit(list, messages.settingsCommand);
}

function readTimeZone(
  value: OptionValue,
  { messages, nowMs }: EditContext,
): Edit | string | undefined {
  if (typeof value !== 'string') return undefined;
  const typed = value.trim();
  const known = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const zone = known.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed;
  if (!isTimeZone(zone)) return messages.settingsCommand.timezoneWrong;
  return timeZoneEdit(zone, nowMs, messages);
}

function readConfirmAbove(
  value: OptionValue,
  { messages, currency }: EditContext,
): Edit | string | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.trim().toLowerCase() === 'off') return confirmEdit(undefined, messages, currency);
  const amount = readMoney(value, currency);
  switch (amount.kind) {
    case 'money':
      return confirmEdit(amount.micros, messages, currency);
    case 'unreadable':
      return messages.settingsCommand.amountWrong;
    case 'other-currency':
      return currencyFault(amount.unit, currency, messages);
  }
}

function readLanguage(value: OptionValue, { messages }: EditContext): Edit | undefined {
  const choice = choiceOption(value, LANGUAGE_CHOICES);
  return choice && languageEdit(choice === 'caller' ? undefined : choice, messages);
}

function readNotices(value: OptionValue, { messages }: EditContext): Edit | undefined {
  const channelId = idOption(value);
  return channelId === undefined ? undefined : noticesEdit(channelId, messages);
}

function readNoticesOff(value: OptionValue, { messages }: EditContext): Edit | undefined {
  if (value === true) return noticesEdit(undefined, messages);
  return value === false ? noticesAsTheyAre(messages) : undefined;
}

function readFinishPing(value: OptionValue, { messages }: EditContext): Edit | undefined {
  return typeof value === 'boolean' ? finishPingEdit(value, messages) : undefined;
}

function readReopen(value: OptionValue, { messages }: EditContext): Edit | undefined {
  if (value === true) return reopenEdit(messages);
  return value === false ? openAsItIs(messages) : undefined;
}
