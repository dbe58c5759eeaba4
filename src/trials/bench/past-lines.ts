import { join } from 'node:path';
import { z } from 'zod';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import { monthLabel } from '../../domain/ledger/month-label.ts';
import { snowflakeAt } from '../../domain/tasks/snowflake.ts';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';
import { SCHEMA_VERSION } from '../../store/schema/migrations.ts';
import { SCHEMA_KEY } from '../../store/schema/schema-version.ts';
import { journalKeyOf } from '../../store/tasks/journal.ts';
import { guildIdOf, memberIdOf } from './world/interaction.ts';

/** How many members the lines of a server are of. */
const MEMBERS = 100;
const BATCH = 5000;

/** Writes a store in which each of so many servers has so many journal lines in this month. */
export async function writePastLines(
  folder: string,
  servers: number,
  linesEach: number,
): Promise<void> {
  const records = await openSqliteRecords(join(folder, 'clapper.sqlite'));
  await records.write([{ key: SCHEMA_KEY, value: { version: SCHEMA_VERSION } }]);
  const nowMs = Date.now();
  const month = monthLabel(nowMs, 'UTC');
  const sinceMs = nowMs - Date.parse(`${month}-01T00:00:00Z`);
  for (let server = 0; server < servers; server += 1) {
    for (let from = 0; from < linesEach; from += BATCH) {
      const length = Math.min(BATCH, linesEach - from);
      const lines = Array.from({ length }, (_, index) => {
        const serial = from + index;
        const at = nowMs - Math.floor(sinceMs * (1 - serial / linesEach));
        return lineOf(serial, at);
      });
      await records.write(
        lines.map((line) => ({
          key: journalKeyOf(guildIdOf(server), month, line.task),
          value: z.encode(journalLineSchema, line),
        })),
      );
    }
  }
  await records.close();
}

function lineOf(serial: number, at: number) {
  return {
    at,
    task: String(BigInt(snowflakeAt(at)) + BigInt(serial)),
    member: memberIdOf(serial % MEMBERS),
    route: serial % 3 === 0 ? 'jimmy/seedance2.0-sp' : 'jimmy/seedance2.0-mini-sp',
    seconds: 5,
    resolution: '720p',
    quoted: 245_000n,
    settled: 245_000n,
    currency: 'USD',
    state: 'settled' as const,
  };
}
