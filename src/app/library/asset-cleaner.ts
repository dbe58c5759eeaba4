import { afterDeletion, asDoomed, cleanStep } from '../../domain/library/asset-cleaning.ts';
import type { CleanStep } from '../../domain/library/asset-cleaning.ts';
import { guildOfAsset } from '../../domain/library/asset.ts';
import { underKey } from '../../domain/library/asset-transitions.ts';
import type { Asset } from '../../domain/library/asset.ts';
import { withoutUse } from '../../domain/library/asset-uses.ts';
import { isUnfinished } from '../../domain/tasks/unfinished.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock, Log, TaskStore } from '../ports/core.ts';
import type { Ownership } from '../ports/ownership-port.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { AssetDesk } from './asset-desk.ts';
import { deleteId, recordFound } from './claim-id.ts';

export interface AssetCleanerDeps {
  readonly registry: AssetRegistry;
  readonly ownership: Pick<Ownership, 'owns'>;
  readonly desk: Pick<AssetDesk, 'isBusy'>;
  readonly tasks: Pick<TaskStore, 'get'>;
  readonly libraries: ReadonlyMap<string, LibraryPort>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** After this an asset that nothing uses is forgotten, in milliseconds. */
  readonly retentionMs: number;
  readonly signal: AbortSignal;
}

/** Ends the uses of tasks, and deletes at providers what nothing uses any more. */
export interface AssetCleaner {
  /** Of a task that is not unfinished any more. Does not wait and never throws. */
  release(task: Task): void;
  /** Of all assets: what a crash or a deletion of data left. Never rejects. */
  sweep(signal: AbortSignal): Promise<void>;
  /** Resolves when nothing is being cleaned. */
  settled(): Promise<void>;
}

/** The most steps for one asset in a row; what is left is for the next sweep. */
const MAX_STEPS = 8;

/** Creates the cleaner. */
export function createAssetCleaner(deps: AssetCleanerDeps): AssetCleaner {
  // One after the other, so that nothing is deleted twice.
  let last: Promise<void> = Promise.resolve();
  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    last = last.then(work);
    return last;
  };
  return {
    release({ id, assets = [] }) {
      if (assets.length === 0) return;
      void inTurn(async () => releaseAll(deps, id, assets));
    },
    async sweep(signal) {
      try {
        for (const key of await deps.registry.keys()) {
          if (signal.aborted) return;
          if (!deps.ownership.owns(guildOfAsset(key))) continue;
          await inTurn(async () => sweepOne(deps, key));
        }
      } catch (cause) {
        deps.log.warn({ err: cause }, 'assets could not all be cleaned');
      }
    },
    settled: async () => last,
  };
}

async function releaseAll(
  deps: AssetCleanerDeps,
  taskId: string,
  keys: readonly string[],
): Promise<void> {
  const { registry, clock, log } = deps;
  try {
    for (const key of new Set(keys)) {
      await registry.change(
        key,
        (asset) => asset && withoutUse(asset, { by: 'task', id: taskId }, clock.now()),
      );
      await clean(deps, key);
    }
  } catch (cause) {
    log.warn({ err: cause, taskId }, 'assets of a task not released; the next sweep does it');
  }
}

/** Never rejects, so that the next one has its turn. */
async function sweepOne(deps: AssetCleanerDeps, key: string): Promise<void> {
  try {
    await endUses(deps, key);
    await clean(deps, key);
  } catch (cause) {
    deps.log.warn({ err: cause }, 'an asset could not be cleaned; the next sweep does it');
  }
}

/** Ends the uses of tasks that are over, which a crash may have left. */
async function endUses({ registry, tasks, clock }: AssetCleanerDeps, key: string): Promise<void> {
  const asset = await registry.get(key);
  if (asset === undefined) return;
  for (const id of asset.uses.tasks) {
    const task = await tasks.get(id);
    if (task !== undefined && isUnfinished(task)) continue;
    await registry.change(
      key,
      (found) => found && withoutUse(found, { by: 'task', id }, clock.now()),
    );
  }
}

async function clean(deps: AssetCleanerDeps, key: string): Promise<void> {
  for (let steps = 0; steps < MAX_STEPS && !deps.signal.aborted; steps += 1) {
    // An upload in flight needs its record; the next sweep comes back to it.
    if (deps.desk.isBusy(key) || !deps.ownership.owns(guildOfAsset(key))) return;
    const asset = await deps.registry.get(key);
    if (asset === undefined || !(await cleanOnce(deps, key, asset))) return;
  }
}

/** Makes one step, and resolves with whether another one may follow. */
async function cleanOnce(deps: AssetCleanerDeps, key: string, asset: Asset): Promise<boolean> {
  const { registry, libraries } = deps;
  const library = libraries.get(asset.library);
  const current =
    library === undefined
      ? asset
      : await registry.change(key, (found) => found && underKey(found, library.fingerprint));
  if (current === undefined) return false;
  const step = stepFor(deps, current);
  switch (step.do) {
    case 'keep':
      return false;
    case 'doom':
      await registry.change(key, (found) => found && asDoomed(found));
      return true;
    case 'forget':
      await registry.change(key, (found) => (isForgettable(deps, found) ? undefined : found));
      return false;
    case 'find':
      return library !== undefined && findOnce(deps, key, library, step.name);
    case 'delete':
      return library !== undefined && deleteOnce(deps, key, library, step.id);
  }
}

function isForgettable(deps: AssetCleanerDeps, asset: Asset | undefined): boolean {
  return asset !== undefined && stepFor(deps, asset).do === 'forget';
}

async function findOnce(
  { registry, clock, signal }: AssetCleanerDeps,
  key: string,
  library: LibraryPort,
  name: string,
): Promise<boolean> {
  const groupId = await registry.group(library.id, library.fingerprint);
  const found = await library.find({ name, groupId }, signal);
  if (found.kind === 'no-answer') return false;
  await recordFound({ registry, clock }, { key, library, found });
  return true;
}

async function deleteOnce(
  { registry, signal, log }: AssetCleanerDeps,
  key: string,
  library: LibraryPort,
  id: string,
): Promise<boolean> {
  const isDone = await deleteId({ registry }, library, id, signal);
  log.info({ library: library.id, isDone }, 'deletion of an asset answered');
  if (!isDone) return false;
  await registry.change(key, (found) => found && afterDeletion(found, id));
  return true;
}

function stepFor({ libraries, clock, retentionMs }: AssetCleanerDeps, asset: Asset): CleanStep {
  const { unusedSince } = asset;
  const isOld = unusedSince !== undefined && clock.now() >= unusedSince + retentionMs;
  return cleanStep(asset, libraries.get(asset.library), isOld);
}
