import type { EnteredFields } from '../../../src/discord/second/read-fields.ts';

/** What a member, or a hostile client, entered: choices are lists. */
export type Entered = Readonly<Record<string, string | boolean | readonly string[]>>;

/** The same as a form that was sent. */
export function formFields(fields: Entered): EnteredFields {
  const entered = new Map<string, string | boolean>();
  const chosen = new Map<string, string[]>();
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value === 'object') chosen.set(field, [...value]);
    else entered.set(field, value);
  }
  return { entered, chosen };
}
