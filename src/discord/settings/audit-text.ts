import { TimestampStyles, time } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText } from '../render/escape-user-text.ts';
import { fitLines } from '../options/fit-lines.ts';
import type { AuditEntry } from '../../app/ports/guild-settings-port.ts';

/** How much of an entry is shown, in characters. */
const PART_MAX = 160;

/** Who changed what and when; the newest first. */
export function auditText(
  entries: readonly AuditEntry[],
  { settingsCommand: words }: Messages,
): string {
  if (entries.length === 0) return words.auditNone;
  const lines = entries.map(({ at, by, what, from, to }) => {
    const when = time(Math.floor(at / 1000), TimestampStyles.ShortDateTime);
    const parts = [what, from, to].map(entryPart);
    const [shownWhat = '', shownFrom = '', shownTo = ''] = parts;
    return `- ${words.auditLine(when, /^\d+$/.test(by) ? `<@${by}>` : escapeUserText(by, PART_MAX), shownWhat, shownFrom, shownTo)}`;
  });
  return fitLines(lines, { head: `**${words.auditTitle}**`, more: words.auditMore }).text;
}

const MENTIONS = { role: '<@&', member: '<@', channel: '<#' } as const;

/** A part of an entry: typed text, and ids with their kind, which are shown as mentions. */
export function entryPart(part: string): string {
  return escapeUserText(part, PART_MAX).replaceAll(
    /\b(role|member|channel) (\d{15,20})\b/g,
    (_, kind: keyof typeof MENTIONS, id: string) => `${MENTIONS[kind]}${id}>`,
  );
}
