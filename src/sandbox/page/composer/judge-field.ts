import type { OptionInput } from '../../playground/protocol/actions.ts';
import type { Field, Suggestion } from './field.ts';
import { OPTION } from '../../../simulators/discord/option-types.ts';
import type { PickedFile } from './picked-file.ts';

/** What is wrong with a field, for the texts that say it. */
export type FieldFault =
  | { readonly kind: 'required' }
  | { readonly kind: 'not-listed' }
  | { readonly kind: 'not-whole' }
  | { readonly kind: 'not-number' }
  | { readonly kind: 'too-small'; readonly min: number }
  | { readonly kind: 'too-large'; readonly max: number }
  | { readonly kind: 'too-short'; readonly min: number; readonly given: number }
  | { readonly kind: 'too-long'; readonly max: number; readonly given: number }
  | { readonly kind: 'file-too-large'; readonly maxBytes: number }
  | { readonly kind: 'file-type'; readonly accepted: readonly string[] };

export type FieldJudgement =
  | { readonly kind: 'empty' }
  | { readonly kind: 'input'; readonly input: Exclude<OptionInput, { readonly file: number }> }
  | { readonly kind: 'file'; readonly file: PickedFile }
  | { readonly kind: 'fault'; readonly fault: FieldFault };

export interface FieldContext {
  /** All that can be chosen for the option, whatever is typed. */
  readonly suggestions: readonly Suggestion[];
  /** Bytes per file in this guild. */
  readonly uploadLimitBytes: number;
}

/** Discord's own limit where an option names none. */
const TEXT_MAX = 6000;

/** What Discord's client checks before it sends. Lengths are counted in characters as a person sees them. */
export function judgeField(field: Field, context: FieldContext): FieldJudgement {
  const { option } = field;
  if (option.type === OPTION.attachment) return judgeFile(field, context);
  if (field.chosen !== undefined) return { kind: 'input', input: field.chosen.input };
  if (field.typed.trim() === '') return judgeEmpty(field);
  if (mustChoose(field)) {
    const wanted = field.typed.trim().toLowerCase();
    const found = context.suggestions.find(({ label }) => label.toLowerCase() === wanted);
    return found === undefined
      ? fault({ kind: 'not-listed' })
      : { kind: 'input', input: found.input };
  }
  return option.type === OPTION.string ? judgeText(field) : judgeNumber(field);
}

/** Whether only what is listed may be given. */
export function mustChoose({ option }: Field): boolean {
  if ((option.choices?.length ?? 0) > 0) return true;
  const { string, integer, number } = OPTION;
  return option.type !== string && option.type !== integer && option.type !== number;
}

function fault(what: FieldFault): FieldJudgement {
  return { kind: 'fault', fault: what };
}

function judgeEmpty({ option }: Field): FieldJudgement {
  return option.required === true ? fault({ kind: 'required' }) : { kind: 'empty' };
}

function judgeText({ option, typed }: Field): FieldJudgement {
  const given = Array.from(typed).length;
  const { min_length: min = 0, max_length: max = TEXT_MAX } = option;
  if (given < min) return fault({ kind: 'too-short', min, given });
  if (given > max) return fault({ kind: 'too-long', max, given });
  return { kind: 'input', input: typed };
}

function judgeNumber({ option, typed }: Field): FieldJudgement {
  const value = Number(typed.trim());
  if (!Number.isFinite(value)) return fault({ kind: 'not-number' });
  if (option.type === OPTION.integer && !Number.isSafeInteger(value)) {
    return fault({ kind: 'not-whole' });
  }
  const { min_value: min, max_value: max } = option;
  if (min !== undefined && value < min) return fault({ kind: 'too-small', min });
  if (max !== undefined && value > max) return fault({ kind: 'too-large', max });
  return { kind: 'input', input: value };
}

function judgeFile(field: Field, { uploadLimitBytes }: FieldContext): FieldJudgement {
  const { file, option } = field;
  if (file === undefined) return judgeEmpty(field);
  if (!fitsTypes(file.file, option.file_types ?? [])) {
    return fault({ kind: 'file-type', accepted: option.file_types ?? [] });
  }
  if (file.file.size > uploadLimitBytes) {
    return fault({ kind: 'file-too-large', maxBytes: uploadLimitBytes });
  }
  return { kind: 'file', file };
}

/** `image`, `video`, `audio`, or extensions with a dot; none: anything. */
function fitsTypes(file: File, types: readonly string[]): boolean {
  if (types.length === 0) return true;
  const name = file.name.toLowerCase();
  return types.some((type) =>
    type.startsWith('.') ? name.endsWith(type.toLowerCase()) : file.type.startsWith(`${type}/`),
  );
}
