import { z } from 'zod';
import { errorCode } from '../../domain/error-code.ts';
import type { ServerIdentity } from '../server-identity.ts';
import type { Ask } from './schema.ts';

const QUESTIONS: Readonly<Record<keyof ServerIdentity, string>> = {
  system: 'SELECT system_identifier::text AS value FROM pg_control_system()',
  // Of what is written now: the checkpoint's own is the former one for a while.
  timeline: 'SELECT substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) AS value',
  database: 'SELECT oid::text AS value FROM pg_database WHERE datname = current_database()',
};

const valueRows = z.array(z.object({ value: z.string() }));

/** Asks a server who it is. */
export async function readServerIdentity(ask: Ask): Promise<ServerIdentity> {
  const system = await answerOf(ask, QUESTIONS.system);
  const timeline = await answerOf(ask, QUESTIONS.timeline);
  const database = await answerOf(ask, QUESTIONS.database);
  return {
    ...(system === undefined ? {} : { system }),
    ...(timeline === undefined ? {} : { timeline }),
    ...(database === undefined ? {} : { database }),
  };
}

/** Insufficient privilege, unknown function, not supported: what services say that hide these. */
const NOT_TOLD: ReadonlySet<string> = new Set(['42501', '42883', '0A000']);

async function answerOf(ask: Ask, question: string): Promise<string | undefined> {
  try {
    return valueRows.parse(await ask(question))[0]?.value;
  } catch (cause) {
    if (NOT_TOLD.has(errorCode(cause) ?? '')) return undefined;
    throw cause;
  }
}
