import { timestampText } from './timestamp-text.ts';

/** For whom a message is written out, and when. */
export interface Reader {
  /** The name of a user; `undefined` when the id is unknown. */
  readonly nameOf: (userId: string) => string | undefined;
  readonly nowMs: number;
  readonly locale: string;
}

const MENTION = /<@(?<id>\d+)>/g;
const TIME = /<t:(?<seconds>\d+)(?::(?<style>[tTdDfFR]))?>/g;
const SMALL_PRINT = /^-# /gm;
const BOLD = /\*\*(?<text>(?:\\.|[^*])+)\*\*/g;
const ESCAPED = /\\(?<mark>[\\*_~`>|#@<[\]()-])/g;

/** A message's text as its reader sees it in a terminal: names and times instead of markup. */
export function readableText(text: string, { nameOf, nowMs, locale }: Reader): string {
  return text
    .replace(MENTION, (whole, id: string) => {
      const name = nameOf(id);
      return name === undefined ? whole : `@${name}`;
    })
    .replace(TIME, (_whole, seconds: string, style: string | undefined) =>
      timestampText(Number(seconds), style ?? 'f', { nowMs, locale }),
    )
    .replace(SMALL_PRINT, '')
    .replace(BOLD, '$<text>')
    .replace(ESCAPED, '$<mark>');
}
