import { objectIn, renameKeys } from './json-object.ts';
import type { JsonObject } from './json-object.ts';

const ADDRESS_KEYS: ReadonlyMap<string, string> = new Map([['rung', 'deliveryPath']]);

/** The renamed keys of each stage, by the stage's name in schema 1. */
const STAGE_KEYS: ReadonlyMap<unknown, ReadonlyMap<string, string>> = new Map([
  [
    'running',
    new Map([
      ['lookedAt', 'lastPolledAt'],
      ['usual', 'typicalDuration'],
    ]),
  ],
  ['telling', new Map([['isRetold', 'isReNotified']])],
  ['ended', new Map([['told', 'notified']])],
]);

const OUTCOMES: Readonly<Record<string, string>> = {
  'given-up': 'timed-out',
  'too-late': 'queue-expired',
  'never-began': 'not-started',
  'route-gone': 'route-removed',
  'prompt-lost': 'prompt-unreadable',
};

/**
 * Converts a task of schema 1 to schema 2, and returns any other value unchanged, such as a task of
 * schema 2 or a damaged one. The sealed part stays, because both schemas read it.
 */
export function upgradeTask(value: unknown): unknown {
  const task = objectIn(value);
  const settings = objectIn(task?.['settings']);
  if (task === undefined || settings === undefined || 'plan' in task) return value;
  const { settings: _settings, quote, ...rest } = task;
  return {
    ...rest,
    // In schema 1 a task had the id of its interaction.
    interactionId: rest['id'],
    plan: { routes: [{ ...settings, quote }], current: 0 },
    attempts: [],
    ...part(rest, 'address', (address) => renameKeys(address, ADDRESS_KEYS)),
    ...part(rest, 'stage', upgradeStage),
  };
}

/** One converted part of a record; an empty object if the part is damaged. */
function part(
  record: JsonObject,
  name: string,
  change: (object: JsonObject) => JsonObject,
): JsonObject {
  const object = objectIn(record[name]);
  return object === undefined ? {} : { [name]: change(object) };
}

function upgradeStage(stage: JsonObject): JsonObject {
  const { name } = stage;
  return {
    ...renameKeys(stage, STAGE_KEYS.get(name) ?? new Map()),
    ...(name === 'telling' ? { name: 'notifying' } : {}),
    ...part(stage, 'outcome', upgradeOutcome),
  };
}

function upgradeOutcome(outcome: JsonObject): JsonObject {
  const { kind } = outcome;
  return { ...outcome, kind: (typeof kind === 'string' ? OUTCOMES[kind] : undefined) ?? kind };
}
