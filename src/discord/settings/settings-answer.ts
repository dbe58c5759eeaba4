import { textFile } from '../render/reply-file.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Messages } from '../messages/en.ts';
import type { PrivateMessage } from '../replies.ts';
import { LIST_NAMES } from './groups.ts';
import type { ListName } from './groups.ts';
import { LISTS } from './list-edits.ts';
import { defaultModelText, galleryText, sharingText, sharingValue } from './sharing-edits.ts';
import {
  closedText,
  confirmText,
  finishPingText,
  holdsFrom,
  languageText,
  noticesText,
} from './value-edits.ts';

const SHARING_OPTIONS = ['reuse', 'animate', 'assets'] as const;

/** Characters that one list may use; four lists and the rest fit into a message. */
const LIST_MAX = 240;

export interface SettingsContext {
  readonly messages: Messages;
  /** The price list's currency; `undefined` without a price list. */
  readonly currency: string | undefined;
  readonly nowMs: number;
  /** A model's name for people. */
  readonly nameOf: (id: string) => string;
}

/** Shows all settings. Lists that are too long for the message are complete in a file. */
export function settingsAnswer(settings: GuildSettings, context: SettingsContext): PrivateMessage {
  const { messages, currency, nowMs, nameOf } = context;
  const { settingsCommand: words } = messages;
  const lists = LIST_NAMES.map((name) => listText(name, settings, context));
  const [channels = '', routes = '', refused = '', blocked = ''] = lists.map(({ text }) => text);
  const content = [
    `**${words.showTitle}**`,
    ...(settings.closedSince === undefined ? [] : [closedText(settings.closedSince, words)]),
    `- ${words.showZone(settings.zone.zone)}. ${holdsFrom(settings.zone, nowMs, messages)}`,
    `- ${words.showChannels(channels || words.everyChannel)}`,
    `- ${words.showRoutes(routes || words.everyRoute)}`,
    `- ${words.showWords(refused || words.none)}`,
    `- ${words.showBlocked(blocked || words.none)}`,
    `- ${confirmText(settings.confirmAbove, messages, currency)}`,
    `- ${languageText(settings.language, messages)}`,
    `- ${noticesText(settings.notices, messages)}`,
    `- ${finishPingText(settings.finishPing, messages)}`,
    `- ${defaultModelText(settings, messages, nameOf)}`,
    ...SHARING_OPTIONS.map(
      (option) => `- ${sharingText(option, sharingValue(settings, option), messages)}`,
    ),
    `- ${galleryText(settings, messages)}`,
    `- ${words.showRules(settings.rules.length)}`,
  ].join('\n');
  if (lists.every(({ isWhole }) => isWhole)) return { content };
  return { content, files: [textFile('settings.txt', wholeLists(settings, context))] };
}

function listText(
  name: ListName,
  settings: GuildSettings,
  { messages: { settingsCommand: words }, nameOf }: SettingsContext,
): { readonly text: string; readonly isWhole: boolean } {
  const { field, show } = LISTS[name];
  const items = settings[field];
  let text = '';
  for (const [index, item] of items.entries()) {
    const longer = index === 0 ? show(item, nameOf) : `${text}, ${show(item, nameOf)}`;
    if (longer.length > LIST_MAX) {
      return { text: `${text} ${words.more(items.length - index)}`, isWhole: false };
    }
    text = longer;
  }
  return { text, isWhole: true };
}

/** Unescaped, because a file does not interpret mentions and markup. */
function wholeLists(settings: GuildSettings, { messages, nameOf }: SettingsContext): string {
  const { lists } = messages.settingsCommand;
  return LIST_NAMES.map((name) => {
    const items = settings[LISTS[name].field];
    const shown = name === 'routes' ? items.map((id) => nameOf(id)) : items;
    return [`${lists[name]}:`, ...shown, ''].join('\n');
  }).join('\n');
}
