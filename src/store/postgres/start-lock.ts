import type { Clock } from '../../app/ports/core.ts';
import { readInstances } from './member-rows.ts';
import type { PostgresSession } from './session.ts';

const PAUSE_MS = 100;

/**
 * Waits until no other process of this database starts, so that migrations, the count of starts and the
 * check for a restored store never run twice at once. Resolves with what ends it, which never rejects; it
 * ends by itself with the session. Rejects after `waitMs`, or when the session is over.
 */
export async function lockStart(
  session: Pick<PostgresSession, 'tryLock' | 'unlock'>,
  clock: Pick<Clock, 'after' | 'elapsed'>,
  waitMs: number,
): Promise<() => Promise<void>> {
  const giveUpAtMs = clock.elapsed() + waitMs;
  while (!(await session.tryLock('start'))) {
    if (clock.elapsed() > giveUpAtMs) {
      throw new Error(`another process of this database has been starting for ${waitMs} ms`);
    }
    await new Promise<void>((resolve) => {
      clock.after(PAUSE_MS, resolve);
    });
  }
  return async () => unlockStart(session);
}

/** Does work while no other process starts, with the names of those that live; not if one is starting. */
export async function whileNoneStarts(
  session: Pick<PostgresSession, 'tryLock' | 'unlock' | 'read'>,
  work: (instances: ReadonlySet<string>) => Promise<void>,
): Promise<void> {
  if (!(await session.tryLock('start'))) return;
  try {
    await work(await readInstances(session.read));
  } finally {
    await unlockStart(session);
  }
}

async function unlockStart(session: Pick<PostgresSession, 'unlock'>): Promise<void> {
  await session.unlock('start').catch(() => undefined);
}
