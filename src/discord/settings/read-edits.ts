import { AUTO, isAutoValue } from '../../domain/auto/auto.ts';
import { isTimeZone } from '../../domain/ledger/time-zone.ts';
import { readMoney } from '../../domain/ledger/typed-amount.ts';
import { readRoute } from '../../domain/routes/read-route.ts';
import type { Route, RouteId } from '../../domain/routes/route.ts';
import type { CommandCall } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import {
  CLEARED_LIST,
  GALLERY_MODES,
  LANGUAGE_CHOICES,
  NO_DEFAULT_MODEL,
  SETTING_GROUPS,
  SHARING_CHOICES,
  WORD_MAX,
} from './groups.ts';
import type { ListName, SettingGroup, SettingOption, SharingOption } from './groups.ts';
import { defaultModelEdit, galleryEdit, galleryModeEdit, sharingEdit } from './sharing-edits.ts';
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
  /** A model's name for people. */
  readonly nameOf: (id: string) => string;
  /** The price list's currency; `undefined` without a price list. */
  readonly currency: string | undefined;
  readonly nowMs: number;
}

/**
 * Reads the edit of one option. A string says what is wrong with the value; `undefined` means a
 * value that Discord's client cannot send.
 */
type Reader = (value: OptionValue, context: EditContext) => Edit | string | undefined;

const READERS: Readonly<Record<Exclude<SettingOption, 'clear'>, Reader>> = {
  channel_add: listReader('channels', addEdit),
  channel_remove: listReader('channels', removeEdit),
  route_add: listReader('routes', addEdit),
  route_remove: listReader('routes', removeEdit),
  default_model: readDefaultModel,
  word_add: listReader('words', addEdit),
  word_remove: listReader('words', removeEdit),
  member_block: listReader('blocked', addEdit),
  member_unblock: listReader('blocked', removeEdit),
  reuse: sharingReader('reuse'),
  animate: sharingReader('animate'),
  assets: sharingReader('assets'),
  language: readLanguage,
  timezone: readTimeZone,
  notices: readNotices,
  notices_off: readNoticesOff,
  finish_ping: readFinishPing,
  gallery: readGallery,
  gallery_mode: readGalleryMode,
  confirm_above: readConfirmAbove,
  reopen: readReopen,
};

/**
 * The edits that are requested of a group, or what is wrong with them; then none is applied. A list
 * is emptied before anything is added to it.
 */
export function readEdits(
  group: SettingGroup,
  options: CommandCall['options'],
  context: EditContext,
): { readonly edits: readonly Edit[] } | { readonly complaint: string } {
  const { answers, settingsCommand: words } = context.messages;
  const edits: Edit[] = clearEdits(group, options, words);
  const problems: string[] = [];
  for (const option of SETTING_GROUPS[group]) {
    const value = options.get(option);
    if (value === undefined || option === 'clear') continue;
    const edit = READERS[option](value, context);
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

function listReader(list: ListName, edit: typeof addEdit): Reader {
  return (value, context) => {
    const { nameOf, messages } = context;
    const { settingsCommand: words } = messages;
    if (list === 'words') {
      const word = readWord(value);
      if (word === undefined) return undefined;
      if (word === '' || (edit === addEdit && !IS_WORD.test(word))) return words.wordWrong;
      return word.length > WORD_MAX
        ? words.wordTooLong(WORD_MAX)
        : edit('words', word, words, nameOf);
    }
    if (list === 'routes') {
      if (typeof value !== 'string') return undefined;
      const model = readModel(value, context);
      if (model !== undefined) return edit('routes', model, words, nameOf);
      // One that is off or gone can still be removed.
      if (edit === removeEdit) return edit('routes', value.trim(), words, nameOf);
      return messages.sharing.modelUnknown;
    }
    const item = idOption(value);
    return item === undefined ? undefined : edit(list, item, words, nameOf);
  };
}

/** A comma would match almost every prompt. Such a word of earlier versions can still be removed. */
const IS_WORD = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

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

function clearEdits(
  group: SettingGroup,
  options: CommandCall['options'],
  words: Messages['settingsCommand'],
): Edit[] {
  const lists: Partial<Record<SettingGroup, ListName>> = CLEARED_LIST;
  const list = lists[group];
  return list !== undefined && options.get('clear') === true ? [clearEdit(list, words)] : [];
}

/** The id of a model that is on, from its id or name; `undefined` for what is none. */
function readModel(text: string, { routesOn }: EditContext): RouteId | undefined {
  const read = readRoute(text, routesOn);
  return read.kind === 'route' ? read.route.id : undefined;
}

function readDefaultModel(value: OptionValue, context: EditContext): Edit | string | undefined {
  if (typeof value !== 'string') return undefined;
  const { messages, nameOf } = context;
  if (value.trim() === NO_DEFAULT_MODEL) return defaultModelEdit(undefined, messages, nameOf);
  const model = isAutoValue(value) ? AUTO : readModel(value, context);
  if (model === undefined) return messages.sharing.modelUnknown;
  return defaultModelEdit(model, messages, nameOf);
}

function sharingReader(option: SharingOption): Reader {
  return (value, { messages }) => {
    const choice = choiceOption(value, SHARING_CHOICES[option]);
    return choice && sharingEdit(option, choice, messages);
  };
}

function readGallery(value: OptionValue, { messages }: EditContext): Edit | undefined {
  const channelId = idOption(value);
  return channelId === undefined ? undefined : galleryEdit(channelId, messages);
}

function readGalleryMode(value: OptionValue, { messages }: EditContext): Edit | undefined {
  const mode = choiceOption(value, GALLERY_MODES);
  return mode && galleryModeEdit(mode, messages);
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
