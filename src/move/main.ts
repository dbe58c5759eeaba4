import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { renderFault } from '../config/config-fault.ts';
import { loadEnvironment } from '../config/load-config.ts';
import { faultsIn, presentTexts } from '../config/setting-text.ts';
import { BOT_SETTINGS } from '../config/settings.ts';
import type { StoreSetting } from '../config/store-setting.ts';
import { MoveRefused } from '../store/moving/movable-store.ts';
import type { MovableStore } from '../store/moving/movable-store.ts';
import { moveStore } from '../store/moving/move-store.ts';
import type { MoveResult } from '../store/moving/move-store.ts';
import { openForMove } from '../store/moving/open-for-move.ts';
import { findKey } from './find-key.ts';
import type { FoundKey } from './find-key.ts';
import { readArguments } from './read-arguments.ts';
import { moveTexts as texts } from './texts.ts';

const EXIT = { done: 0, fault: 1, badConfig: 78 } as const;

const { DATA_DIR, SECRET_KEY } = BOT_SETTINGS;
/** A move needs no others: the bot may be set up for either side of it. */
const settingsSchema = z.object({ DATA_DIR, SECRET_KEY });
type Settings = z.output<typeof settingsSchema>;

async function main(given: readonly string[]): Promise<number> {
  const sides = readArguments(given);
  if ('problem' in sides) {
    process.stderr.write(`${sides.problem}\n`);
    return EXIT.fault;
  }
  const settings = settingsSchema.safeParse(
    presentTexts(loadEnvironment(), Object.keys(settingsSchema.shape)),
  );
  if (!settings.success) {
    for (const fault of faultsIn(settings.error)) process.stderr.write(`${renderFault(fault)}\n`);
    return EXIT.badConfig;
  }
  try {
    return await move(sides.from, sides.to, settings.data);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : texts.unknownCause;
    process.stderr.write(`${texts.failed(what)}\n`);
    if (cause instanceof CutOff) process.stderr.write(`${texts.cutOff}\n`);
    return EXIT.fault;
  }
}

async function move(from: StoreSetting, to: StoreSetting, settings: Settings): Promise<number> {
  const { SECRET_KEY: secretKey, DATA_DIR: dataDir } = settings;
  const source = await openForMove(from, { isNew: false, dataDir });
  try {
    const found = await findKey(source, { secretKey, dataDir });
    if (to.kind === 'postgres' && found.from === 'wrong-setting') {
      throw new MoveRefused(texts.otherKey(found.path));
    }
    const target = await openForMove(to, { isNew: true, dataDir });
    try {
      process.stdout.write(`${texts.begins(source.place, target.place)}\n`);
      const result = await moveAll({ source, target }, keyOf(found));
      const lines = reportOf(result, { source, target, found, dataDir, to });
      process.stdout.write(`${lines.join('\n')}\n`);
      return EXIT.done;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** `undefined` for one that is known to be another one. */
function keyOf(found: FoundKey): Uint8Array | undefined {
  if (found.from === 'file') return found.key;
  return found.from === 'setting' && found.fits !== false ? found.key : undefined;
}

/** A fault after the move had begun. */
class CutOff extends Error {}

async function moveAll(
  sides: Parameters<typeof moveStore>[0],
  key: Uint8Array | undefined,
): Promise<MoveResult> {
  try {
    return await moveStore(sides, { newId: randomUUID, key });
  } catch (cause) {
    if (cause instanceof MoveRefused) throw cause;
    throw new CutOff(cause instanceof Error ? cause.message : texts.unknownCause, { cause });
  }
}

interface Report {
  readonly source: MovableStore;
  readonly target: MovableStore;
  readonly found: FoundKey;
  readonly dataDir: string;
  readonly to: StoreSetting;
}

function reportOf(result: MoveResult, { source, target, found, dataDir, to }: Report): string[] {
  if (result.kind === 'undone') return [texts.undone(source.place, target.place)];
  const { count, checksum } = result.kind === 'moved' ? result.copied : {};
  return [
    count === undefined || checksum === undefined ? texts.wasMoved : texts.moved(count, checksum),
    texts.next(source.place, target.place),
    texts.dataDir(dataDir),
    ...keyText(found, to),
  ];
}

function keyText(found: FoundKey, to: StoreSetting): string[] {
  switch (found.from) {
    case 'setting':
      return [found.fits === false ? texts.unfitKey : texts.keyKept];
    case 'file':
      return to.kind === 'postgres' ? [texts.keyFile(found.path)] : [];
    case 'wrong-setting':
    case 'nowhere':
      return [texts.noKey(found.path)];
  }
}

process.exitCode = await main(process.argv.slice(2));
