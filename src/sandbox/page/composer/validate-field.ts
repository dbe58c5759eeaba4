import type { OptionInput } from '../../playground/protocol/actions.ts';
import type { Field, Suggestion } from './field.ts';
import type { FieldIssue } from './field-issue.ts';
import { OPTION } from '../../../simulators/discord/option-types.ts';
import type { PickedFile } from './picked-file.ts';

/** The result of validating a field: no value, a valid value or file, or an issue. */
export type FieldValidation =
  | { readonly kind: 'empty' }
  | { readonly kind: 'input'; readonly input: Exclude<OptionInput, { readonly file: number }> }
  | { readonly kind: 'file'; readonly file: PickedFile }
  | { readonly kind: 'invalid'; readonly issue: FieldIssue };

/** What validation depends on besides the field. */
export interface FieldContext {
  /** Everything that can be chosen for the option, regardless of the typed text. */
  readonly suggestions: readonly Suggestion[];
  /** Bytes per file in this guild. */
  readonly uploadLimitBytes: number;
}

/** Discord's limit for options without `max_length`. */
const MAX_TEXT_LENGTH = 6000;

/** Checks a field as Discord's client does before it sends. Lengths count Unicode code points. */
export function validateField(field: Field, context: FieldContext): FieldValidation {
  const { option } = field;
  if (option.type === OPTION.attachment) return validateFile(field, context);
  if (field.chosen !== undefined) return { kind: 'input', input: field.chosen.input };
  if (field.typed.trim() === '') return validateEmpty(field);
  if (mustChoose(field)) {
    const wanted = field.typed.trim().toLowerCase();
    const found =
      context.suggestions.find(({ label }) => label.toLowerCase() === wanted) ??
      context.suggestions.find(({ input }) => valueText(input) === wanted);
    return found === undefined
      ? invalid({ kind: 'not-listed' })
      : { kind: 'input', input: found.input };
  }
  return option.type === OPTION.string ? validateText(field) : validateNumber(field);
}

/** A pasted line has values, not their labels. */
function valueText(input: Suggestion['input']): string {
  return typeof input === 'object' ? input.id : String(input).toLowerCase();
}

/** Whether only listed suggestions are valid. */
export function mustChoose({ option }: Field): boolean {
  if ((option.choices?.length ?? 0) > 0) return true;
  const { string, integer, number } = OPTION;
  return option.type !== string && option.type !== integer && option.type !== number;
}

function invalid(issue: FieldIssue): FieldValidation {
  return { kind: 'invalid', issue };
}

function validateEmpty({ option }: Field): FieldValidation {
  return option.required === true ? invalid({ kind: 'required' }) : { kind: 'empty' };
}

function validateText({ option, typed }: Field): FieldValidation {
  const given = Array.from(typed).length;
  const { min_length: min = 0, max_length: max = MAX_TEXT_LENGTH } = option;
  if (given < min) return invalid({ kind: 'too-short', min, given });
  if (given > max) return invalid({ kind: 'too-long', max, given });
  return { kind: 'input', input: typed };
}

function validateNumber({ option, typed }: Field): FieldValidation {
  const value = Number(typed.trim());
  if (!Number.isFinite(value)) return invalid({ kind: 'not-number' });
  if (option.type === OPTION.integer && !Number.isSafeInteger(value)) {
    return invalid({ kind: 'not-whole' });
  }
  const { min_value: min, max_value: max } = option;
  if (min !== undefined && value < min) return invalid({ kind: 'too-small', min });
  if (max !== undefined && value > max) return invalid({ kind: 'too-large', max });
  return { kind: 'input', input: value };
}

function validateFile(field: Field, { uploadLimitBytes }: FieldContext): FieldValidation {
  const { file, option } = field;
  if (file === undefined) return validateEmpty(field);
  if (!fitsTypes(file.file, option.file_types ?? [])) {
    return invalid({ kind: 'file-type', accepted: option.file_types ?? [] });
  }
  if (file.file.size > uploadLimitBytes) {
    return invalid({ kind: 'file-too-large', maxBytes: uploadLimitBytes });
  }
  return { kind: 'file', file };
}

/** Whether the list has the file's type, as `image`, `video`, `audio` or `.ext`; empty allows any. */
function fitsTypes(file: File, types: readonly string[]): boolean {
  if (types.length === 0) return true;
  const name = file.name.toLowerCase();
  return types.some((type) =>
    type.startsWith('.') ? name.endsWith(type.toLowerCase()) : file.type.startsWith(`${type}/`),
  );
}
