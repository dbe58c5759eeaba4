import { SECOND_MS } from '../../domain/time-units.ts';
import { slotOf } from '../../domain/slots.ts';
import { askerOf, isSame } from '../../domain/library/named-asset.ts';
import type { NamedAsset } from '../../domain/library/named-asset.ts';
import type { Log } from '../ports/core.ts';
import { endUploads } from './named-charges.ts';
import { endUnnamedUses } from './named-uses.ts';
import { namedUploadStep } from './named-upload-step.ts';
import type { NamedStepDeps } from './named-upload-step.ts';

export interface NamedUploadsDeps extends NamedStepDeps {
  readonly log: Log;
}

/** Brings named media into the libraries, in the background. */
export interface NamedUploads {
  add(guildId: string, asset: NamedAsset): void;
  /** Does nothing more for it; resolves when no step of it runs. Its upload may be in flight. */
  drop(guildId: string, asset: NamedAsset): Promise<void>;
  /** Does nothing more in these slots; resolves when no step runs there. */
  letGo(slots: ReadonlySet<number>): Promise<void>;
  /** Begins what is due, and waits for nothing. */
  goOn(): void;
  /** Begins nothing more; resolves when no step runs. */
  stop(): Promise<void>;
}

/** Steps at one time, and how many of them may be of one guild: each may have to read a large file. */
const STEPS_AT_ONCE = 8;
const STEPS_OF_GUILD = 2;
/** Failed reads of a file after which it counts as gone. */
const MAX_UNREAD = 5;
const AGAIN_MS = 5 * SECOND_MS;

interface Work {
  readonly guildId: string;
  readonly asset: NamedAsset;
  readonly cut: AbortController;
  dueElapsed: number;
  unread: number;
  running?: Promise<void> | undefined;
}

/** Creates the uploads. */
export function createNamedUploads(deps: NamedUploadsDeps): NamedUploads {
  const { clock } = deps;
  const waiting = new Map<string, Work>();
  let isStopping = false;

  const run = async (id: string, work: Work): Promise<void> => {
    const isDone = await advance(deps, work);
    if (isDone && waiting.get(id) === work) waiting.delete(id);
    work.running = undefined;
  };
  return {
    add(guildId, asset) {
      const work = { guildId, asset, cut: new AbortController(), dueElapsed: 0, unread: 0 };
      waiting.set(askerOf(guildId, asset), work);
    },
    async drop(guildId, asset) {
      const id = askerOf(guildId, asset);
      const work = waiting.get(id);
      waiting.delete(id);
      work?.cut.abort();
      await work?.running;
    },
    async letGo(slots) {
      const theirs = [...waiting].filter(([, { guildId }]) => slots.has(slotOf(guildId)));
      for (const [id, { cut }] of theirs) {
        waiting.delete(id);
        cut.abort();
      }
      await Promise.all(theirs.map(async ([, { running }]) => running));
    },
    goOn() {
      if (isStopping) return;
      for (const [id, work] of waiting) {
        if (work.running !== undefined || clock.elapsed() < work.dueElapsed) continue;
        const running = [...waiting.values()].filter((one) => one.running !== undefined);
        if (running.length >= STEPS_AT_ONCE) return;
        const ofGuild = running.filter(({ guildId }) => guildId === work.guildId);
        if (ofGuild.length < STEPS_OF_GUILD) work.running = run(id, work);
      }
    },
    async stop() {
      isStopping = true;
      for (const { cut } of waiting.values()) cut.abort();
      await Promise.all([...waiting.values()].map(async ({ running }) => running));
    },
  };
}

/** Goes one step on; resolves with whether nothing is left to do. Never rejects. */
async function advance(deps: NamedUploadsDeps, work: Work): Promise<boolean> {
  const { clock, store, log } = deps;
  const { guildId, cut } = work;
  const again = (untilMs: number): false => {
    work.dueElapsed = clock.elapsed() + Math.max(untilMs - clock.now(), 0);
    return false;
  };
  try {
    const asset = (await store.of(guildId)).find((known) => isSame(known, work.asset));
    if (asset?.source === undefined) return true;
    const end = await namedUploadStep(deps, guildId, asset, cut.signal);
    if (cut.signal.aborted) return true;
    if (end.kind === 'waits') return again(end.untilMs);
    if (end.kind === 'unread') {
      work.unread += 1;
      log.warn({ asset: asset.name, times: work.unread }, 'file of a name could not be read');
      if (work.unread < MAX_UNREAD) return again(clock.now() + AGAIN_MS);
    }
    await endUploads(deps, guildId, asset);
    await endUnnamedUses(deps, guildId);
    return true;
  } catch (cause) {
    log.warn({ err: cause }, 'a named medium could not be looked after; trying again');
    return again(clock.now() + AGAIN_MS);
  }
}
