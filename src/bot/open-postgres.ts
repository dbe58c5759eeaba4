import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pause } from '../app/pause.ts';
import type { StoreSetting } from '../config/store-setting.ts';
import { createAdmission } from '../store/postgres/admission.ts';
import { connectionFault } from '../store/postgres/connection-faults.ts';
import { createPostgresIntents } from '../store/postgres/postgres-intents.ts';
import { openPostgresRecords } from '../store/postgres/postgres-records.ts';
import type { Light, PostgresRecords } from '../store/postgres/postgres-records.ts';
import { OwnFault } from '../store/postgres/own-fault.ts';
import { StoreInUse } from '../store/records/process-lock.ts';
import { createRequestRows } from '../store/postgres/request-rows.ts';
import type { StoreContext } from './bot-context.ts';
import type { OpenedRecords } from './opened-records.ts';
import type { RequestBox } from './operator-requests/request-box.ts';
import { createRowBox } from './operator-requests/row-box.ts';

/** So long the lock of a session that broke is waited for; the server may notice later, in milliseconds. */
export const AGAIN_MS = 5000;

/** Takes the database for this process alone and opens it. Rejects with advice if it cannot be used. */
export async function openPostgres(
  context: StoreContext,
  { url, instance = hostInstance() }: Extract<StoreSetting, { kind: 'postgres' }>,
  lockWaitMs: number,
): Promise<OpenedRecords> {
  const { log, resources, stopping, clock } = context;
  const { aroundPostgres = (records) => records } = context;
  const onceFatal = once(context.onFatal);
  const { admit, server } = createAdmission({
    wait: {
      waitMs: lockWaitMs,
      stopping,
      elapsed: () => clock.elapsed(),
      sleep: async (ms) => pause(clock, ms, stopping),
    },
    againMs: AGAIN_MS,
    onFatal: onceFatal,
  });
  let records: PostgresRecords;
  try {
    const opened = await openPostgresRecords({
      url,
      instance,
      clock,
      log,
      admit,
      newMember: randomUUID,
      watcher: {
        entered: () => undefined,
        beforeUse: async () => undefined,
        inUse: () => undefined,
        fenced: async () => onceFatal('another process has ended the membership of this one'),
      },
    });
    records = aroundPostgres(opened);
  } catch (cause) {
    if (cause instanceof OwnFault || cause instanceof StoreInUse || stopping.aborted) throw cause;
    throw connectionFault(cause);
  }
  resources.own('store', async () => records.close());
  return {
    records,
    backUp: async (version) => backUpDatabase(context, url, version),
    shared: {
      instance,
      server: server(),
      createIntents: (cipher) => createPostgresIntents({ ...records, cipher, log }),
      requests: requestsBy(records.light),
    },
  };
}

/** Copies the database into a file, before a migration to another schema than this version. */
export async function backUpDatabase(
  { config, machine }: Pick<StoreContext, 'config' | 'machine'>,
  url: string,
  version: number,
): Promise<string> {
  // Loaded on demand, because a migration is rare.
  const { backUpHere } = await import('./back-up-beside.ts');
  const { bestNow } = await import('./best-now.ts');
  const folder = join(config.dataDir, 'backups');
  return backUpHere(url, folder, { version, nowMs: await bestNow(config, machine) });
}

/** The operator's requests in rows of the database. */
export function requestsBy(light: Light): RequestBox {
  return createRowBox(createRequestRows(async (sql, values = []) => light(() => [sql, values])));
}

/** Once this process has to end, further reasons add nothing. */
export function once(onFatal: (reason: string) => void): (reason: string) => void {
  let isCalled = false;
  return (reason) => {
    if (!isCalled) onFatal(reason);
    isCalled = true;
  };
}

/** The host's name, as a name of a folder. */
export function hostInstance(): string {
  const name = hostname()
    .replaceAll(/[^\w.-]/g, '-')
    .slice(0, 60);
  return /[^.]/.test(name) ? name : 'clapper';
}
