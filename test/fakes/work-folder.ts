import { openWorkFolder } from '../../src/media/clips/work-folder.ts';
import type { WorkFolder } from '../../src/media/clips/work-folder.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { recordingLog } from './log.ts';

/** The work folder of a process that knows the time. */
export const aWorkFolder = (dataDir: string, instance?: string): WorkFolder =>
  openWorkFolder({ dataDir, instance, clock: systemClock, log: recordingLog() });
