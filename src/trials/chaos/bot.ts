import { parseArgs } from 'node:util';
import { systemClock } from '../../app/system-clock.ts';
import { runBot } from '../../bot/run-bot.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';
import { createDice } from './dice.ts';
import { reportingRecords } from './reported-records.ts';
import { leaseTimesOf } from './company.ts';
import { pausingRecords } from './placed-pauses.ts';
import { startJumpyClock } from './jumpy-clock.ts';
import { createMachineFaults } from './machine-faults.ts';
import { stormyRecords } from './stormy-records.ts';

/*
 * The bot on a bad machine: the same composition as `src/main.ts`, with a store that fails and a
 * clock that jumps. The shipped program contains none of this.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '' },
    run: { type: 'string', default: '1' },
    kills: { type: 'boolean', default: false },
    calm: { type: 'string', default: '' },
    // Of one of several processes; in milliseconds.
    lease: { type: 'string' },
  },
});
const machineFaults = createMachineFaults({
  dice: createDice(`${values.seed}/life ${values.run}`),
  calmFile: values.calm,
  mayKill: values.kills,
});
const leaseMs = values.lease === undefined ? undefined : Number(values.lease);
const onBadDisk = <R extends RecordStore>(records: R): R =>
  stormyRecords(reportingRecords(records), machineFaults);
const ofOneOfSeveral = <R extends RecordStore>(records: R): R =>
  leaseMs === undefined ? records : pausingRecords(records, machineFaults, leaseMs);
/** Most of them have none in memory, so that their videos are files. */
const videoRoom = machineFaults.dice('video room') < 0.7 ? { clipBytes: 0 } : undefined;
await runBot({
  clock: startJumpyClock(systemClock, machineFaults),
  openRecords: async (path) => onBadDisk(await openSqliteRecords(path)),
  aroundPostgres: (records) => onBadDisk(ofOneOfSeveral(records)),
  leaseTimes: leaseMs === undefined ? undefined : leaseTimesOf(leaseMs),
  videoRoom,
});
