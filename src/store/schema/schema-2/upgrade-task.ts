import { objectIn, renameKeys } from './json-object.ts';
import type { JsonObject } from './json-object.ts';

const ADDRESS_NAMES = { rung: 'deliveryPath' };

const STAGE_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  running: { lookedAt: 'lastPolledAt', usual: 'typicalDuration' },
  telling: { isRetold: 'isReNotified' },
  ended: { told: 'notified' },
};

const OUTCOMES: Readonly<Record<string, string>> = {
  'given-up': 'timed-out',
  'too-late': 'queue-expired',
  'never-began': 'not-started',
  'route-gone': 'route-removed',
  'prompt-lost': 'prompt-unreadable',
};

/**
 * A task of schema 1 in the form of schema 2; anything else as it is, a task of schema 2 and a damaged
 * one too. What is sealed stays: its form is read by both.
 */
export function upgradeTask(value: unknown): unknown {
  const task = objectIn(value);
  const settings = objectIn(task?.['settings']);
  if (task === undefined || settings === undefined || 'plan' in task) return value;
  const { settings: _settings, quote, ...rest } = task;
  return {
    ...rest,
    // It was the interaction's until now.
    interactionId: rest['id'],
    plan: { routes: [{ ...settings, quote }], current: 0 },
    attempts: [],
    ...part(rest, 'address', (address) => renameKeys(address, ADDRESS_NAMES)),
    ...part(rest, 'stage', upgradeStage),
  };
}

/** One part of a record, changed; nothing where it is damaged. */
function part(
  record: JsonObject,
  name: string,
  change: (object: JsonObject) => JsonObject,
): JsonObject {
  const object = objectIn(record[name]);
  return object === undefined ? {} : { [name]: change(object) };
}

function upgradeStage(stage: JsonObject): JsonObject {
  const name = String(stage['name']);
  return {
    ...renameKeys(stage, STAGE_NAMES[name] ?? {}),
    ...(name === 'telling' ? { name: 'notifying' } : {}),
    ...part(stage, 'outcome', upgradeOutcome),
  };
}

function upgradeOutcome(outcome: JsonObject): JsonObject {
  const { kind } = outcome;
  return { ...outcome, kind: (typeof kind === 'string' ? OUTCOMES[kind] : undefined) ?? kind };
}
