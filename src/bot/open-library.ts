import { createAssetCleaner } from '../app/library/asset-cleaner.ts';
import type { AssetCleaner } from '../app/library/asset-cleaner.ts';
import { createAssetDesk } from '../app/library/asset-desk.ts';
import type { AssetDesk } from '../app/library/asset-desk.ts';
import { createMediumSource } from '../app/library/medium-source.ts';
import { createTaskAssets } from '../app/library/task-assets.ts';
import type { TaskAssetsDeps } from '../app/library/task-assets.ts';
import { newReference } from '../app/new-reference.ts';
import { startLoop } from '../app/loop.ts';
import type { LibraryPort } from '../app/ports/library-port.ts';
import type { ProviderPort } from '../app/ports/provider-port.ts';
import type { TaskAssets } from '../app/ports/task-assets-port.ts';
import { createCopyRoom } from '../worker/scheduling/copy-room.ts';
import { HOUR_MS, SECOND_MS } from '../domain/time-units.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/** The providers' libraries of media, and what the bot knows of the media in them. */
export interface Library {
  readonly assets: TaskAssets;
  readonly cleaner: AssetCleaner;
  readonly desk: AssetDesk;
  readonly libraries: ReadonlyMap<string, LibraryPort>;
  /** Resolves when no call is in flight; the calls are cut by the signal. */
  settled(): Promise<void>;
}

interface LibraryParts extends Pick<TaskAssetsDeps, 'hashOf'> {
  readonly providers: ReadonlyMap<string, ProviderPort>;
  readonly signal: AbortSignal;
}

function newName(): string {
  return `clapper-${newReference()}${newReference()}`;
}

/** Opens the libraries that are on. */
export function openLibrary(
  { config, ownership, clock, log }: Pick<BotContext, 'config' | 'ownership' | 'clock' | 'log'>,
  { assetRegistry: registry, tasks }: Pick<Stores, 'assetRegistry' | 'tasks'>,
  { providers, hashOf, signal }: LibraryParts,
): Library {
  const ports = [...providers.values()].flatMap(({ libraries = [] }) => libraries);
  const libraries: ReadonlyMap<string, LibraryPort> = new Map(ports.map((port) => [port.id, port]));
  const bounds = { minMs: config.pollMinMs, maxMs: config.pollMaxMs };
  const shared = { registry, libraries, ownership, clock, log, signal };
  const desk: AssetDesk = createAssetDesk({ ...shared, newName, bounds, random: Math.random });
  const cleaner = createAssetCleaner({ ...shared, desk, tasks, retentionMs: config.retentionMs });
  const sourceOf = createMediumSource({ providers, takeRoom: openRoom() });
  return {
    assets: createTaskAssets({ ...shared, desk, cleaner, hashOf, sourceOf }),
    cleaner,
    desk,
    libraries,
    async settled() {
      await Promise.all([desk.settled(), cleaner.settled()]);
    },
  };
}

/** Room for the copies on their way into libraries, apart from that of creates. No task waits in line. */
function openRoom(): (provider: string, bytes: number) => (() => void) | undefined {
  const room = createCopyRoom();
  return (provider, bytes) => {
    const taskId = newReference();
    const end = room.takeCopyRoom(provider, { taskId, bytes });
    room.leaveCopyLine(taskId);
    return end;
  };
}

const UNCONFIRMED_WAIT_MS = 1000;
/** How soon after a deletion of data its assets are deleted, in milliseconds. */
const CHECK_EVERY_MS = 30 * SECOND_MS;

/**
 * Starts deleting what lies in libraries and nothing uses: at the start, once an hour, and after data
 * was deleted.
 */
export function startAssetCleanup(
  { clock, resources }: Pick<BotContext, 'clock' | 'resources'>,
  { assetRegistry: registry }: Pick<Stores, 'assetRegistry'>,
  { cleaner }: Pick<Library, 'cleaner'>,
): void {
  let dueElapsed = 0;
  const cleanup = startLoop(clock, async (signal) => {
    if (!clock.isSure()) return UNCONFIRMED_WAIT_MS;
    const isDue = clock.elapsed() >= dueElapsed;
    if (!registry.takeForgotten() && !isDue) return CHECK_EVERY_MS;
    dueElapsed = clock.elapsed() + HOUR_MS;
    await cleaner.sweep(signal);
    return CHECK_EVERY_MS;
  });
  resources.own('asset cleanup', async () => cleanup.stop());
}
