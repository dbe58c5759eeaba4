import { randomUUID } from 'node:crypto';
import { systemClock } from '../app/system-clock.ts';
import type { Log } from '../app/ports/core.ts';
import type { RecordReader } from '../app/ports/record-store-port.ts';
import { storeName } from '../bot/operator-requests/store-name.ts';
import { renderFault } from '../config/config-fault.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { refuseMovedStore } from '../store/moving/move-marks.ts';
import { SCHEMA_VERSION } from '../store/schema/migrations.ts';
import { readSchemaMark } from '../store/schema/schema-version.ts';
import { readOrigin } from '../store/store-origin.ts';
import { endHold } from './end-hold.ts';
import { listText } from './list-text.ts';
import { readArguments } from './read-arguments.ts';
import type { HoldsCommand } from './read-arguments.ts';
import { readHolds } from './read-holds.ts';
import { reachStore } from './reach-store.ts';
import type { ReachedStore } from './reach-store.ts';
import { holdRestored } from './restored.ts';
import { endOnStoppedStore } from './stopped-store.ts';
import { holdsTexts as texts } from './texts.ts';

const EXIT = { done: 0, fault: 1, badConfig: 78 } as const;

/** Only warnings and errors are logged; the command prints its own output. */
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (_fields, message) => void process.stderr.write(`${message}\n`),
};

async function main(given: readonly string[]): Promise<number> {
  const command = readArguments(given);
  if (command === undefined) {
    process.stderr.write(`${texts.usage}\n`);
    return EXIT.fault;
  }
  const parsed = loadConfig();
  if (!parsed.ok) {
    for (const fault of parsed.faults) process.stderr.write(`${renderFault(fault)}\n`);
    return EXIT.badConfig;
  }
  try {
    return await run(command, parsed.config);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : texts.unknownCause;
    process.stderr.write(`${texts.failed(what)}\n`);
    return EXIT.fault;
  }
}

async function run(command: HoldsCommand, config: Config): Promise<number> {
  const reached = await reachStore(config);
  try {
    await refuseMovedStore(reached.records);
    return await carryOut(command, config, reached);
  } finally {
    await reached.close();
  }
}

async function carryOut(
  command: HoldsCommand,
  config: Config,
  { place, records, box }: ReachedStore,
): Promise<number> {
  switch (command.kind) {
    case 'restored':
      process.stdout.write(`${await restored(config)}\n`);
      return EXIT.done;
    case 'list':
      process.stdout.write(`${await list(place, records)}\n`);
      return EXIT.done;
    case 'end': {
      const { taskId, end } = command;
      const store = await storeName(config.store, (await readOrigin(records)).storeId);
      const { isDone, text } = await endHold(
        {
          box,
          endOnStoppedStore: async (request) => endOnStoppedStore(config, log, request),
          clock: systemClock,
        },
        { version: 1, id: randomUUID(), store, taskId, end },
      );
      (isDone ? process.stdout : process.stderr).write(`${text}\n`);
      return isDone ? EXIT.done : EXIT.fault;
    }
  }
}

async function restored(config: Config): Promise<string> {
  const { held, restore } = await holdRestored(config, log);
  const { count, none, incomplete } = texts.restored;
  return [
    held === 0 ? none : count(held),
    ...(restore === undefined ? [] : [incomplete(new Date(restore.since).toISOString())]),
  ].join('\n');
}

/** Also works while a bot runs, because it only reads. */
async function list(place: string, records: RecordReader): Promise<string> {
  const version = (await readSchemaMark(records))?.version;
  if (version !== SCHEMA_VERSION) {
    const old = version !== undefined && version < SCHEMA_VERSION;
    throw new Error(old ? texts.olderStore(place) : texts.otherStore(place));
  }
  return listText(await readHolds(records));
}

process.exitCode = await main(process.argv.slice(2));
