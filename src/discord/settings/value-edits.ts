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

/** A single value: what it becomes, how the audit writes it, and what the admin is told. */
interface ValueEdit {
  readonly change: (before: GuildSettings) => GuildSettings;
  readonly what: string;
  readonly entryOf: (settings: GuildSettings) => string;
  readonly told: (after: GuildSettings) => string;
}

function valueEdit(edit: ValueEdit, { settingsCommand: words }: Messages): Edit {
  return (before) => {
    const after = edit.change(before);
    const from = edit.entryOf(before);
    const to = edit.entryOf(after);
    if (from === to) return { kind: 'unchanged', told: words.same(edit.told(after)) };
    return {
      kind: 'changed',
      after,
      entry: { what: edit.what, from, to },
      told: edit.told(after),
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
      told: (after) => `${words.timezone(zone)} ${holdsFrom(after.zone, nowMs, messages)}`,
    },
    messages,
  );
}

/** From when the zone that was set holds: each running window still ends as it was to end. */
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
      told: () => confirmText(above, messages, currency),
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
      told: () => languageText(language, messages),
    },
    messages,
  );
}

/** Undefined: no channel. */
export function noticesEdit(channelId: string | undefined, messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, notices: channelId }),
      what: 'notices',
      entryOf: ({ notices }) => (notices === undefined ? 'off' : `channel ${notices}`),
      told: () => noticesText(channelId, messages),
    },
    messages,
  );
}

/** For a switch that was set to where it stands by itself. */
export function noticesAsTheyAre(messages: Messages): Edit {
  return ({ notices }) => ({
    kind: 'unchanged',
    told: messages.settingsCommand.same(noticesText(notices, messages)),
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
  const told = words.confirmAbove(amountText(above, currency, messages));
  return currency === undefined ? `${told} ${words.confirmNoPrices}` : told;
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
      told: () => finishPingText(isOn, messages),
    },
    messages,
  );
}

export function finishPingText(isOn: boolean, { settingsCommand: words }: Messages): string {
  return words.finishPing(isOn);
}

/** Ends what a damaged record has closed. */
export function reopenEdit(messages: Messages): Edit {
  return valueEdit(
    {
      change: (before) => ({ ...before, closedSince: undefined }),
      what: 'settings',
      entryOf: ({ closedSince }) => (closedSince === undefined ? 'open' : 'closed'),
      told: () => messages.settingsCommand.reopened,
    },
    messages,
  );
}

/** For a switch that was set to where it stands by itself. */
export function openAsItIs({ settingsCommand: words }: Messages): Edit {
  return ({ closedSince }) => ({
    kind: 'unchanged',
    told: closedSince === undefined ? words.same(words.reopened) : closedText(closedSince, words),
  });
}

export function closedText(sinceMs: number, words: Messages['settingsCommand']): string {
  return words.closed(time(Math.floor(sinceMs / 1000), TimestampStyles.ShortDateTime));
}
