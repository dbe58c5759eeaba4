import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';

/** A process to be killed: writes batches without end and says the number of each that is written. */
const [path = ''] = process.argv.slice(2);
const records = await openSqliteRecords(path);
for (let batch = 1; ; batch += 1) {
  // Two writers at a time, so that commits are shared.
  const halves = ['left', 'right'].map(async (half) =>
    records.write([
      { key: `${half}:a`, value: batch },
      { key: `${half}:b`, value: batch },
      {
        key: `${half}:row:${String(batch).padStart(9, '0')}`,
        value: { batch, pad: 'x'.repeat(500) },
      },
    ]),
  );
  await Promise.all(halves);
  process.stdout.write(`${batch}\n`);
}
