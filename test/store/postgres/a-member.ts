import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../../src/app/system-clock.ts';
import { Fenced } from '../../../src/store/postgres/fenced.ts';
import type { PostgresCluster } from '../../../src/sandbox/postgres-cluster.ts';
import type { SlotWork } from '../../../src/store/postgres/held-slots.ts';
import { openMembership } from '../../../src/store/postgres/membership.ts';
import type { Membership, MembershipOptions } from '../../../src/store/postgres/membership.ts';
import type { PostgresSession } from '../../../src/store/postgres/session.ts';
import { recordingLog } from '../../fakes/log.ts';
import { askAt } from '../../fakes/on-postgres.ts';

/** A lease that never ends in a test, so that only other ways lead to a takeover. */
export const LONG = { connectMs: 5000, answerMs: 20_000, leaseMs: 3_600_000 };
const PACE = { renewMs: 100, checkMs: 50, marginMs: 100 };

/** Every commit of a slot's owner, with the slot's row as it was at that commit. */
const CLAIMS = `CREATE TABLE IF NOT EXISTS claim (
  id bigserial PRIMARY KEY, slot int, tenure text, member text, owner text)`;

const CLAIM = `
  WITH fence AS MATERIALIZED (SELECT 1 FROM member WHERE id = $1 FOR KEY SHARE)
  INSERT INTO claim (slot, tenure, member, owner)
  SELECT $2::int, $3, $1, (SELECT owner FROM slot WHERE n = $2::int) FROM fence RETURNING id`;

/** A process that commits for slots of its own without a pause, as it believes to own them. */
export interface AMember {
  readonly membership: Membership;
  readonly held: ReadonlyMap<number, string>;
  /** What happened to its slots, in order; a slot gained that it has, or lost that it has not, throws. */
  readonly events: readonly string[];
  /** Stops its commits, and ends. */
  stop(how?: 'leave' | 'close'): Promise<void>;
}

export async function makeClaims(url: string): Promise<void> {
  await askAt(url, CLAIMS);
}

/** A new database of a server, with the table of claims. */
export async function databaseWithClaims(
  server: Pick<PostgresCluster, 'createDatabase'>,
): Promise<string> {
  const url = await server.createDatabase();
  await makeClaims(url);
  return url;
}

/** Why the commits say that a slot had two owners at once, if they do. */
export async function findOverlap(url: string): Promise<unknown> {
  const [{ claims } = { claims: 0 }] = await askAt(
    url,
    'SELECT count(*)::int AS claims FROM claim',
  );
  if (claims === 0) return 'nothing was ever committed';
  const strange = await askAt(url, 'SELECT * FROM claim WHERE owner IS DISTINCT FROM member');
  if (strange.length > 0) return strange;
  const overlaps = await askAt(
    url,
    `WITH tenures AS (
       SELECT slot, tenure, min(id) AS first, max(id) AS last FROM claim GROUP BY slot, tenure
     )
     SELECT a.*, b.tenure AS other FROM tenures a
     JOIN tenures b ON a.slot = b.slot AND a.tenure <> b.tenure
       AND b.first BETWEEN a.first AND a.last`,
  );
  return overlaps.length > 0 ? overlaps : undefined;
}

/** Starts such a process; `given` changes what it does with its slots. */
export async function startMember(
  url: string,
  instance: string,
  given: Partial<MembershipOptions> & { readonly hooks?: Partial<SlotWork> } = {},
): Promise<AMember> {
  const held = new Map<number, string>();
  const events: string[] = [];
  const { hooks = {}, ...options } = given;
  const commits: Commits = { inFlight: Promise.resolve() };
  let count = 0;
  const drop = (slot: number): void => {
    if (!held.delete(slot)) throw new Error(`slot ${slot} is dropped twice`);
  };
  const work: SlotWork = {
    async onGained(slots) {
      await hooks.onGained?.(slots);
      for (const slot of slots) {
        if (held.has(slot)) throw new Error(`slot ${slot} is gained twice`);
        count += 1;
        held.set(slot, `${instance}-${count}`);
        events.push(`gained ${slot}`);
      }
    },
    async onLost(slots) {
      for (const slot of slots) if (held.has(slot)) drop(slot);
      for (const slot of slots) events.push(`lost ${slot}`);
      await hooks.onLost?.(slots);
    },
    async release(slot) {
      await hooks.release?.(slot);
      // It was lost meanwhile.
      if (!held.has(slot)) return;
      drop(slot);
      // What was decided before is committed before the slot goes.
      await commits.inFlight;
      events.push(`released ${slot}`);
    },
  };
  let members = 0;
  const membership = await openMembership({
    url,
    instance,
    clock: systemClock,
    log: recordingLog(),
    limits: LONG,
    pace: PACE,
    newMember() {
      members += 1;
      return `${instance}-${process.pid}-${members}`;
    },
    ...options,
    work,
  });
  const stopping = new AbortController();
  const committing = commitForever(membership, {
    held,
    events,
    commits,
    signal: stopping.signal,
  });
  return {
    membership,
    held,
    events,
    async stop(how = 'close') {
      const ended = how === 'leave' ? membership.leave() : undefined;
      await ended;
      stopping.abort();
      await committing;
      if (how === 'close') await membership.close();
    },
  };
}

/** The commit that a process makes now. */
interface Commits {
  inFlight: Promise<void>;
}

/** What a process does all the time: it decides in memory, and commits by the session of that decision. */
async function commitForever(
  membership: Membership,
  {
    held,
    events,
    commits,
    signal,
  }: {
    readonly held: ReadonlyMap<number, string>;
    readonly events: string[];
    readonly commits: Commits;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  while (!signal.aborted) {
    for (const [slot, tenure] of held) {
      if (signal.aborted) break;
      try {
        const session = membership.sessions.current();
        const commit = session.commit(CLAIM, [session.member, slot, tenure]);
        commits.inFlight = commit.then(
          () => undefined,
          () => undefined,
        );
        const rows = await commit;
        if (rows.length === 0) throw session.endFenced();
      } catch (cause) {
        if (cause instanceof Fenced) events.push('fenced');
        else if (isRefusal(cause)) throw cause;
        else await wait(5);
      }
    }
    await wait(5);
  }
}

/** What the server says to a statement that is wrong, not what a broken line says. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('42');
}

/** The session that follows the one of a member that is over or about to be. */
export async function sessionAfter(
  { sessions }: Membership,
  member: string,
): Promise<PostgresSession> {
  for (;;) {
    // What is opened may be read before it is in use.
    const opened = sessions.open().then(() => sessions.current());
    const next = await opened.catch(() => undefined);
    if (next !== undefined && next.member !== member) return next;
    await wait(5);
  }
}
