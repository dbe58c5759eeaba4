import { ADMIN_ROWS } from './admin-rows.ts';
import { MENU_ROWS } from './menu-rows.ts';
import type { Row } from './row.ts';
import { LOCALES } from './stage.ts';
import type { Locale } from './stage.ts';
import { VIDEO_ROWS } from './video-rows.ts';

/** Every button, select and form, and the commands that make videos. */
export const PRESSED_ROWS: readonly Row[] = [...VIDEO_ROWS, ...MENU_ROWS, ...ADMIN_ROWS];

/** Rows for a table test, by what they are. */
export const named = (rows: readonly Row[]): [string, Row][] => rows.map((row) => [row.what, row]);

/** Where each row is tried once, half of them are in each language. */
export const localeOf = (row: Row): Locale =>
  LOCALES[PRESSED_ROWS.indexOf(row) % LOCALES.length] ?? 'en-US';
