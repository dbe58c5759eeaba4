import { setTimeout as wait } from 'node:timers/promises';
import { storeOf } from './read-store.ts';
import { pickFrom } from './dice.ts';
import { waitUntilOneWaits } from './open-tasks.ts';
import type { ScriptStep } from './script-step.ts';
import { copyStore, restoreStore } from './store-copies.ts';
import type { RoundContext } from './round-context.ts';
import { READY_MS } from './backstops.ts';
import { send, BURST_MODELS } from './send-videos.ts';

const COPY_LIMIT_MS = 1500;

/** The longest time in which waiting creates may be sent before the copy is restored. */
const MAX_RESTORE_DELAY_MS = 2000;

/** Copies the store, perhaps while two videos wait for a busy provider. */
export async function copy(
  context: RoundContext,
  { number, copy: wanted, someWait }: Extract<ScriptStep, { kind: 'copy' }>,
): Promise<void> {
  const { testbed, dice, supervisor, incidents, busySpell, past, database } = context;
  // The others are of files, which the operator of a database does not have.
  const kind = database === undefined ? wanted : 'backup';
  await supervisor.ready(READY_MS);
  busySpell.isOn = someWait;
  for (const at of someWait ? [0, 1] : []) {
    const model = pickFrom(BURST_MODELS, dice('waits', at)) ?? BURST_MODELS[0];
    await send(context, number + at, { model });
  }
  if (someWait) await waitUntilOneWaits(storeOf(testbed), COPY_LIMIT_MS);
  past.copy = await copyStore(testbed, supervisor, kind);
  incidents.record(`copy:${kind}`);
  busySpell.isOn = false;
}

/** Stops the bot, restores the copy, and starts the bot again. */
export async function restore(context: RoundContext, after: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const { testbed, dice, supervisor, incidents, commands, past, holds } = context;
  if (past.copy === undefined) throw new Error('there is no copy to restore');
  await wait(dice('until restore') * MAX_RESTORE_DELAY_MS);
  await supervisor.close(after);
  const { kind, atMs: copiedAtMs } = past.copy;
  const { copied, isDetectable } = await restoreStore(context, past.copy);
  for (const request of holds.requests) {
    // They lie in the folder, or in the database, that is replaced.
    const isReplaced = kind === 'folder' || context.database !== undefined;
    if (request.by === 'operator' && isReplaced) request.isGone = true;
  }
  const ids = commands.map(({ handle }) => handle.id);
  past.restore = {
    kind,
    copied,
    copiedAtMs,
    restoredAtMs: Date.now(),
    forgotten: new Set(ids.filter((id) => !copied.has(id))),
    posted: new Set(testbed.discord.messages().map(({ id }) => id)),
    isDetectable,
  };
  incidents.record(`restore:${kind}`);
  supervisor.open();
}
