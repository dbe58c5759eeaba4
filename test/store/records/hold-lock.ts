import { acquireStoreLock } from '../../../src/store/records/process-lock.ts';

/* A process that takes the lock of a store and keeps it until it is killed. */
await acquireStoreLock(process.argv[2] ?? '', 1000);
process.stdout.write('held\n');
setInterval(() => undefined, 1000);
