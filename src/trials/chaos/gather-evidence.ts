import type { Task } from '../../domain/tasks/task.ts';
import { digestsOf, incidentsIn, linesOf } from './evidence.ts';
import type { Evidence, Quota } from './evidence.ts';
import { didItsCaller } from './judge-deeds.ts';
import { seenCalls } from './library-calls.ts';
import type { OtherHosts } from './provider-storm.ts';
import { readStore, storeOf } from './read-store.ts';
import { chargesIn, erasedTasksIn } from './reported-records.ts';
import type { RoundContext } from './round-context.ts';
import { secretsOf } from './round-secrets.ts';
import { NOTHING_NOTED } from './watch-database.ts';
import { saysNotStarted } from './judge-unstarted.ts';
import { shrunkClips } from './shrunk-clips.ts';

/** What was seen of a round; the rest is what was set for it. */
export type PlayedEvidence = Omit<Evidence, 'budget' | 'prices' | 'uploadPrices'>;

/** What a round is judged by beside what its parts recorded. */
interface Seen {
  /** Discord's time at its start. */
  readonly started: number;
  readonly quota: Quota | undefined;
  readonly hasEnded: boolean;
  readonly hosts: OtherHosts;
}

/** Gathers what each side of a round recorded, after the last stop. */
export async function gatherEvidence(
  context: RoundContext,
  { started, quota, hasEnded, hosts }: Seen,
): Promise<PlayedEvidence> {
  const { testbed, supervisor, incidents } = context;
  const lines = linesOf(supervisor.runs);
  const store = await readStore(storeOf(testbed));
  // A copy that was put in place has them again, or never knew them.
  const erased = erasedTasksIn(lines, context.past.restore);
  const tasks = new Map([...erased, ...store.tasks]);
  return {
    ...context,
    outsiderIds: new Set(context.outsiders.map(({ id }) => id)),
    restore: context.past.restore,
    holdEnds: context.holds.requests,
    time: { started, ended: testbed.discord.now() },
    tasks,
    records: store.records,
    deleted: new Set([...context.deleted, ...deletedByCallers(context, tasks)]),
    charges: chargesIn(lines),
    libraryCalls: seenCalls(testbed.providers.requests, context.library),
    assets: testbed.providers.assets,
    clips: testbed.providers.tasks,
    providerRequests: testbed.providers.requests,
    messages: testbed.discord.messages(),
    denied: deniedIn(context),
    digests: digestsOf(testbed),
    shrunk: await shrunkClips(testbed),
    runs: supervisor.runs,
    noted: (await context.database?.noted()) ?? NOTHING_NOTED,
    suspensions: context.company.suspensions,
    delays: context.company.delays,
    lines,
    quota,
    incidents: [...incidents.all, ...incidentsIn(lines)],
    trapHits: hosts.trap.hits(),
    mirroredKeys: hosts.mirror.keys(),
    secrets: secretsOf(context),
    hasEnded,
  };
}

/** The messages of videos whose callers had them deleted. */
function deletedByCallers(
  { deeds, testbed: { discord } }: RoundContext,
  tasks: ReadonlyMap<string, Task>,
): string[] {
  return [...tasks.values()]
    .filter((task) => didItsCaller({ deeds }, task, 'delete'))
    .flatMap(({ address: { messageId, repostId } }) => [messageId, repostId])
    .filter((id) => id !== undefined)
    .filter((id) => discord.message(id)?.deleted === true);
}

/** The calls whose message said at any time that nothing began. */
function deniedIn({ commands, testbed: { discord } }: RoundContext): Set<string> {
  const denied = commands.filter(({ handle }) => {
    const message = handle.message();
    return message !== null && discord.versions(message.id).some(saysNotStarted);
  });
  return new Set(denied.map(({ handle }) => handle.id));
}
