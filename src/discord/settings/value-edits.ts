import { TimestampStyles, time } from '../discord-js.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Language } from '../../domain/language.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { changeZone } from '../../domain/ledger/zone-setting.ts';
import type { ZoneSetting } from '../../domain/ledger/zone-setting.ts';
import type { CalendarKind } from '../../domain/ledger/windows.ts';
import type { Messages } from '../messages/en.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { amountText } from '../render/price-text.ts';
import type { Edit } from '../options/edit.ts';

/**
 * An edit of a single value: how it changes, how the audit records it, and what the admin reads.
 */
export interface ValueEdit {
  readonly change: (before: GuildSettings) => GuildSettings;
  readonly what: string;
  readonly entryOf: (settings: GuildSettings) => string;
  readonly reply: (after: GuildSettings) => string;
}

export function valueEdit(edit: ValueEdit, { settingsCommand: words }: Messages): Edit {
  return (before) => {
    const after = edit.change(before);
    const from = edit.entryOf(before);
    const to = edit.entryOf(after);
    if (from === to) return { kind: 'unchanged', reply: words.same(edit.reply(after)) };
    return {
      kind: 'changed',
      after,
      entry: { what: edit.what, from, to },
      reply: edit.reply(after),
    };
  };
}

export function timeZoneEdit(zone: string, nowMs: number, messages: Messages): Edit {
  const { settingsCommand: words } = messages;
  return valueEdit(
    {
      change: (before) =>
        before.zone.zone === zone
          ? before
          : { ...before, zone: changeZone(before.zone, zone, nowMs) },
      what: 'time zone',
      entryOf: (settings) => settings.zone.zone,
      reply: (after) =>
        messages.units.sentences([words.timezone(zone), holdsFrom(after.zone, nowMs, messages)]),
    },
    messages,
  );
}

/** When a new zone takes effect: current windows still end when they would have ended. */
export function holdsFrom({ spans }: ZoneSetting, nowMs: number, messages: Messages): string {
  const { settingsCommand: words, units } = messages;
  const parts = CALENDAR_KINDS.flatMap((kind) => {
    const next = spans[kind].find(({ fromMs }) => fromMs > nowMs);
    if (next === undefined) return [];
    const when = time(Math.ceil(next.fromMs / 1000), TimestampStyles.ShortDateTime);
    return [words.zoneKind[kind](when)];
  });
  return parts.length === 0 ? words.zoneHolds : words.zoneFrom(units.and(parts));
}

const CALENDAR_KINDS = ['day', 'week', 'month'] as const satisfies CalendarKind[];

export function confirmEdit(
  above: Micros | undefined,
  messages: Messages,
  currency: string | undefined,
): Edit {
  const english = messagesFor('en');
  return valueEdit(
    {
      change: (before) => ({ ...before, confirmAbove: above }),
      what: 'price to be confirmed',
      entryOf: ({ confirmAbove }) =>
        confirmAbove === undefined ? 'off' : `above ${amountText(confirmAbove, currency, english)}`,
      reply: () => confirmText(above, messages, currency),
    },
    messages,
  );
}

export function languageEdit(language: Language | undefined, messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, language }),
      what: 'language of task messages',
      entryOf: (settings) => settings.language ?? "the caller's",
      reply: () => languageText(language, messages),
    },
    messages,
  );
}

/** `undefined` turns notices off. */
export function noticesEdit(channelId: string | undefined, messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, notices: channelId }),
      what: 'notices',
      entryOf: ({ notices }) => (notices === undefined ? 'off' : `channel ${notices}`),
      reply: () => noticesText(channelId, messages),
    },
    messages,
  );
}

/** The answer if a switch is set to the value it already has. */
export function noticesAsTheyAre(messages: Messages): Edit {
  return ({ notices }) => ({
    kind: 'unchanged',
    reply: messages.settingsCommand.same(noticesText(notices, messages)),
  });
}

export function noticesText(
  channelId: string | undefined,
  { settingsCommand: words }: Messages,
): string {
  return channelId === undefined ? words.noticesOff : words.notices(`<#${channelId}>`);
}

export function confirmText(
  above: Micros | undefined,
  messages: Messages,
  currency: string | undefined,
): string {
  const { settingsCommand: words } = messages;
  if (above === undefined) return words.confirmOff;
  const reply = words.confirmAbove(amountText(above, currency, messages));
  return currency === undefined ? messages.units.sentences([reply, words.confirmNoPrices]) : reply;
}

export function languageText(
  language: Language | undefined,
  { settingsCommand: words }: Messages,
): string {
  return words.language(words.languages[language ?? 'caller']);
}

export function finishPingEdit(isOn: boolean, messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, finishPing: isOn }),
      what: 'finish ping',
      entryOf: ({ finishPing }) => (finishPing ? 'on' : 'off'),
      reply: () => finishPingText(isOn, messages),
    },
    messages,
  );
}

export function finishPingText(isOn: boolean, { settingsCommand: words }: Messages): string {
  return words.finishPing(isOn);
}

/** Opens a server that is closed because its settings record was damaged. */
export function reopenEdit(messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, closedSince: undefined }),
      what: 'settings',
      entryOf: ({ closedSince }) => (closedSince === undefined ? 'open' : 'closed'),
      reply: () => messages.settingsCommand.reopened,
    },
    messages,
  );
}

/** The answer if a switch is set to the value it already has. */
export function openAsItIs({ settingsCommand: words }: Messages): Edit {
  return ({ closedSince }) => ({
    kind: 'unchanged',
    reply: closedSince === undefined ? words.same(words.reopened) : closedText(closedSince, words),
  });
}

export function closedText(sinceMs: number, words: Messages['settingsCommand']): string {
  return words.closed(time(Math.floor(sinceMs / 1000), TimestampStyles.ShortDateTime));
}
