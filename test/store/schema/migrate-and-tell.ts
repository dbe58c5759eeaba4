import { backUpBeside } from '../../../src/bot/back-up-beside.ts';
import { migrateStore } from '../../../src/store/schema/migrate-store.ts';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { recordingLog } from '../../fakes/log.ts';
import { twoMigrations } from './a-migration.ts';

/** A process to be killed: migrates a store and says each commit of it. */
const [path = ''] = process.argv.slice(2);
const records = await openSqliteRecords(path);
await migrateStore({
  records,
  migrations: twoMigrations(() => process.stdout.write('step\n')),
  backUp: async (version) => {
    const backup = await backUpBeside(path, version, Date.now());
    process.stdout.write('backup\n');
    return backup;
  },
  stopping: new AbortController().signal,
  log: recordingLog(),
});
process.stdout.write('done\n');
await records.close();
