import { z } from 'zod';
import { decidedSettingsSchema } from './decided-settings.ts';
import type { DecidedSettings } from './decided-settings.ts';
import { changeZone } from './ledger/zone-setting.ts';

/**
 * One field before and after a change, as stored; absent where it was unset. Of lists, only the items
 * that differ.
 */
const fieldChangeSchema = z.object({
  /** Not an enum: a newer version may have added it. */
  field: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
type FieldChange = z.output<typeof fieldChangeSchema>;

/** What a change replaced, for the audit. */
const entrySchema = z.object({ what: z.string(), from: z.string(), to: z.string() });

/** A change of the settings that can be undone. */
export const settingsUndoSchema = z.object({
  /** The id of the interaction that made the change. */
  id: z.string(),
  entries: z.array(entrySchema),
  changes: z.array(fieldChangeSchema),
});
export type SettingsUndo = Readonly<z.output<typeof settingsUndoSchema>>;

const FIELDS = decidedSettingsSchema.keyof().options;

/** The fields that differ. */
export function diffSettings(before: DecidedSettings, after: DecidedSettings): FieldChange[] {
  const [was, is] = [storedForm(before), storedForm(after)];
  return FIELDS.flatMap((field) => {
    const change = diffValues(was[field], is[field]);
    return change === undefined ? [] : [{ field, ...change }];
  });
}

/**
 * The settings without this change; `undefined` if a part of it was changed since, which would be
 * lost. Items that others added to a list since stay.
 */
export function undoChange(
  current: DecidedSettings,
  { changes }: Pick<SettingsUndo, 'changes'>,
  nowMs: number,
): DecidedSettings | undefined {
  const stored = storedForm(current);
  for (const { field, before, after } of changes) {
    const undone = undoneValue(stored[field], before, after);
    if (undone === undefined) return undefined;
    stored[field] = undone.value;
  }
  const settings = decidedSettingsSchema.safeParse(stored).data;
  if (settings === undefined || settings.zone.zone === current.zone.zone) return settings;
  // Windows that began in the zone that is left end as they would have ended.
  return { ...settings, zone: changeZone(current.zone, settings.zone.zone, nowMs) };
}

function storedForm(settings: DecidedSettings): Record<string, unknown> {
  return { ...z.encode(decidedSettingsSchema, settings) };
}

function diffValues(was: unknown, is: unknown): Omit<FieldChange, 'field'> | undefined {
  if (isList(was) || isList(is)) {
    const [before, after] = [without(was, is), without(is, was)];
    return before.length + after.length === 0 ? undefined : { before, after };
  }
  return textOf(was) === textOf(is) ? undefined : { before: was, after: is };
}

/** The value before a change of the current one, which must still be the one after it. */
function undoneValue(
  now: unknown,
  before: unknown,
  after: unknown,
): { readonly value: unknown } | undefined {
  if (!isList(before) && !isList(after)) {
    return textOf(now) === textOf(after) ? { value: before } : undefined;
  }
  const touched = new Set([...itemsOf(before), ...itemsOf(after)].map(keyOf));
  const changed = itemsOf(now).filter((item) => touched.has(keyOf(item)));
  if (without(changed, after).length > 0 || without(after, changed).length > 0) return undefined;
  const kept = itemsOf(now).filter((item) => !touched.has(keyOf(item)));
  return { value: [...kept, ...itemsOf(before)] };
}

/** The items of a list that another list does not have. */
function without(list: unknown, other: unknown): unknown[] {
  const texts = new Set(itemsOf(other).map(textOf));
  return itemsOf(list).filter((item) => !texts.has(textOf(item)));
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const itemsOf = (value: unknown): readonly unknown[] => (isList(value) ? value : []);
const textOf = (value: unknown): string => JSON.stringify(value) ?? '';

/** What identifies an item of a list: a rule is the same whatever its limit. */
function keyOf(item: unknown): string {
  return JSON.stringify(item, (name, value: unknown) =>
    name === 'limit' || name === 'amount' ? undefined : value,
  );
}
