import { textFile } from '../render/reply-file.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { ACCENTS } from '../layout/accents.ts';
import type { Frame, Part } from '../layout/layout.ts';
import { titleText } from '../layout/title-text.ts';
import type { Messages } from '../messages/en.ts';
import type { PrivateMessage } from '../replies.ts';
import { LIST_NAMES, SETTING_GROUP_NAMES } from './groups.ts';
import type { ListName, SettingGroup } from './groups.ts';
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
const LIST_MAX = 600;

export interface SettingsContext {
  readonly messages: Messages;
  /** The price list's currency; `undefined` without a price list. */
  readonly currency: string | undefined;
  readonly nowMs: number;
  /** A model's name for people. */
  readonly nameOf: (id: string) => string;
}

/**
 * Shows all settings by the group in which they are changed. Lists that are too long for the message
 * are complete in a file.
 */
export function settingsAnswer(settings: GuildSettings, context: SettingsContext): PrivateMessage {
  const { settingsCommand: words } = context.messages;
  const shown = new Map(LIST_NAMES.map((name) => [name, listText(name, settings, context)]));
  const lines = groupLines(settings, context, (name) => shown.get(name)?.text ?? '');
  const { closedSince } = settings;
  const isClosed = closedSince !== undefined;
  const groups = SETTING_GROUP_NAMES.map((group): Part => {
    return { kind: 'text', text: groupText(group, lines[group], words) };
  });
  const frame: Frame = {
    kind: 'frame',
    ...(isClosed ? { accent: ACCENTS.attention } : {}),
    parts: [
      { kind: 'text', text: titleText(words.showTitle) },
      ...(isClosed ? [{ kind: 'text', text: closedText(closedSince, words) } as const] : []),
      ...groups,
      { kind: 'divider' },
      { kind: 'text', text: words.showRules(settings.rules.length) },
    ],
  };
  const layout = { blocks: [frame], more: words.more };
  if ([...shown.values()].every(({ isWhole }) => isWhole)) return { layout };
  return { layout, files: [textFile('settings.txt', wholeLists(settings, context))] };
}

/** The lines of each group. */
function groupLines(
  settings: GuildSettings,
  { messages, currency, nowMs, nameOf }: SettingsContext,
  listed: (name: ListName) => string,
): Readonly<Record<SettingGroup, readonly string[]>> {
  const { settingsCommand: words } = messages;
  return {
    channels: [words.showChannels(listed('channels') || words.everyChannel)],
    models: [
      words.showRoutes(listed('routes') || words.everyRoute),
      defaultModelText(settings, messages, nameOf),
    ],
    words: [words.showWords(listed('words') || words.none)],
    members: [
      words.showBlocked(listed('blocked') || words.none),
      ...SHARING_OPTIONS.map((option) =>
        sharingText(option, sharingValue(settings, option), messages),
      ),
    ],
    messages: [
      languageText(settings.language, messages),
      messages.units.sentences([
        words.timezone(settings.zone.zone),
        holdsFrom(settings.zone, nowMs, messages),
      ]),
      noticesText(settings.notices, messages),
      finishPingText(settings.finishPing, messages),
      galleryText(settings, messages),
    ],
    money: [confirmText(settings.confirmAbove, messages, currency)],
  };
}

/** Named as the command that changes it. */
function groupText(
  group: SettingGroup,
  lines: readonly string[],
  { groupTitles }: Messages['settingsCommand'],
): string {
  const title = `**${groupTitles[group]}** · \`/settings set ${group}\``;
  return [title, ...lines.map((line) => `- ${line}`)].join('\n');
}

function listText(
  name: ListName,
  settings: GuildSettings,
  { messages: { settingsCommand: words, units }, nameOf }: SettingsContext,
): { readonly text: string; readonly isWhole: boolean } {
  const { field, show } = LISTS[name];
  const items = settings[field];
  let text = '';
  for (const [index, item] of items.entries()) {
    const longer = index === 0 ? show(item, nameOf) : units.list([text, show(item, nameOf)]);
    if (longer.length > LIST_MAX) {
      return { text: words.listedAndMore(text, items.length - index), isWhole: false };
    }
    text = longer;
  }
  return { text, isWhole: true };
}

/** Unescaped, because a file does not interpret mentions and markup. */
function wholeLists(settings: GuildSettings, { messages, nameOf }: SettingsContext): string {
  const { lists, fileHeading } = messages.settingsCommand;
  return LIST_NAMES.map((name) => {
    const items = settings[LISTS[name].field];
    const shown = name === 'routes' ? items.map((id) => nameOf(id)) : items;
    return [fileHeading(lists[name]), ...shown, ''].join('\n');
  }).join('\n');
}
