import { TimestampStyles, time } from '../discord-js.ts';
import { findRoute } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
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
  catalogue: Catalogue,
): string {
  if (entries.length === 0) return words.auditNone;
  const lines = entries.map(({ at, by, what, from, to }) => {
    const when = time(Math.floor(at / 1000), TimestampStyles.ShortDateTime);
    const parts = [what, from, to].map((part) => entryPart(part, catalogue));
    const [shownWhat = '', shownFrom = '', shownTo = ''] = parts;
    return `- ${words.auditLine(when, /^\d+$/.test(by) ? `<@${by}>` : escapeUserText(by, PART_MAX), shownWhat, shownFrom, shownTo)}`;
  });
  return fitLines(lines, { head: `**${words.auditTitle}**`, more: words.auditMore }).text;
}

const MENTIONS = { role: '<@&', member: '<@', channel: '<#' } as const;

/** `provider/model` */
const ROUTE_ID = /[\w.-]+\/[\w./-]+/g;

/** A part of an entry: typed text, and ids of members and models, which are shown as people know them. */
export function entryPart(part: string, catalogue: Catalogue): string {
  const named = part.replaceAll(ROUTE_ID, (id) => findRoute(catalogue, id)?.name ?? id);
  return escapeUserText(named, PART_MAX).replaceAll(
    /\b(role|member|channel) (\d{15,20})\b/g,
    (_, kind: keyof typeof MENTIONS, id: string) => `${MENTIONS[kind]}${id}>`,
  );
}
