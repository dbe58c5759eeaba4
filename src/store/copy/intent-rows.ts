import { z } from 'zod';
import { slotOf } from '../../domain/slots.ts';
import { BATCH_ROWS } from './stored-row.ts';
import { openLines } from '../intents/open-lines.ts';
import type { OpenLine } from '../intents/open-lines.ts';
import type { Ask } from '../postgres/schema.ts';

const READ = 'SELECT line FROM intent ORDER BY at, interaction';

/** Of no member, as if the one that wrote them had died. */
const ADD = `
  INSERT INTO intent (interaction, member, slot, person, line)
  SELECT interaction, '', slot, person, line
  FROM unnest($1::text[], $2::smallint[], $3::text[], $4::text[]) AS row (interaction, slot, person, line)
  ON CONFLICT (interaction) DO NOTHING`;

const lineRows = z.array(z.object({ line: z.string() }));

/** The intents of a database that no process uses. */
export async function readIntentRows(ask: Ask): Promise<readonly OpenLine[]> {
  return openLines(lineRows.parse(await ask(READ)).map(({ line }) => line)).lines;
}

/** Adds intents to a database that no process uses; those that are there stay as they are. */
export async function addIntentRows(ask: Ask, lines: readonly OpenLine[]): Promise<void> {
  for (let at = 0; at < lines.length; at += BATCH_ROWS) {
    const batch = lines.slice(at, at + BATCH_ROWS);
    await ask(ADD, [
      batch.map(({ line }) => line.interaction),
      // A line of an earlier version names no guild: any process may find it.
      batch.map(({ line }) => (line.guild === undefined ? 0 : slotOf(line.guild))),
      batch.map(({ line }) => line.member),
      batch.map(({ text }) => text),
    ]);
  }
}
