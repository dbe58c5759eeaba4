import { OPTION } from '../option-types.ts';
import { codePoints, field, integerOf, listOf } from '../values.ts';
import type { OptionValue } from './api.ts';
import { ClientRefusal } from './context.ts';
import { fitsFileTypes, isMemberFile } from './upload.ts';

const SNOWFLAKE = /^\d{15,20}$/u;

function refuse(definition: unknown, why: string): never {
  throw new ClientRefusal(`option ${String(field(definition, 'name'))}: ${why}`);
}

function numberField(definition: unknown, key: string): number | undefined {
  const value = field(definition, key);
  return typeof value === 'number' ? value : undefined;
}

function checkLength(definition: unknown, value: string): void {
  // Code points, not UTF-16 units: the more lenient count for what people type.
  const length = codePoints(value);
  const min = integerOf(field(definition, 'min_length')) ?? 0;
  const max = integerOf(field(definition, 'max_length')) ?? 6000;
  if (length < min || length > max) {
    refuse(definition, `${length} characters, allowed ${min} to ${max}`);
  }
}

function checkRange(definition: unknown, value: number): void {
  const min = numberField(definition, 'min_value') ?? -Infinity;
  const max = numberField(definition, 'max_value') ?? Infinity;
  if (value < min || value > max) {
    refuse(definition, `${value}, allowed ${min} to ${max}`);
  }
}

function checkChoice(definition: unknown, value: OptionValue): void {
  const choices = listOf(field(definition, 'choices'));
  if (choices.length > 0 && !choices.some((choice) => field(choice, 'value') === value)) {
    refuse(definition, `${JSON.stringify(value)} is not one of the choices`);
  }
}

type KindCheck = (definition: unknown, value: OptionValue) => void;

function checkId(definition: unknown, value: OptionValue): void {
  const id = typeof value === 'object' && 'id' in value ? value.id : value;
  if (typeof id !== 'string' || !SNOWFLAKE.test(id)) {
    refuse(definition, 'not an id');
  }
}

function checkFile(definition: unknown, value: OptionValue): void {
  if (!isMemberFile(value)) {
    refuse(definition, 'not a file');
  }
  if (!fitsFileTypes(value.filename, listOf(field(definition, 'file_types')))) {
    refuse(definition, `${value.filename} is of a type that is not allowed`);
  }
}

const KIND_CHECKS = new Map<unknown, KindCheck>([
  [
    OPTION.string,
    (definition, value) =>
      typeof value === 'string' ? checkLength(definition, value) : refuse(definition, 'not a text'),
  ],
  [
    OPTION.integer,
    (definition, value) =>
      typeof value === 'number' && Number.isSafeInteger(value)
        ? checkRange(definition, value)
        : refuse(definition, 'not a whole number'),
  ],
  [
    OPTION.number,
    (definition, value) =>
      typeof value === 'number'
        ? checkRange(definition, value)
        : refuse(definition, 'not a number'),
  ],
  [
    OPTION.boolean,
    (definition, value) => {
      if (typeof value !== 'boolean') {
        refuse(definition, 'neither true nor false');
      }
    },
  ],
  [OPTION.attachment, checkFile],
]);

/** Checks a value as Discord's client does before it sends; throws a `ClientRefusal`. */
export function checkOptionValue(definition: unknown, value: OptionValue): void {
  const check = KIND_CHECKS.get(field(definition, 'type')) ?? checkId;
  check(definition, value);
  checkChoice(definition, value);
}

/** Throws a `ClientRefusal` if a required option is missing or an option is not defined. */
export function checkOptionNames(
  definitions: readonly unknown[],
  given: Readonly<Record<string, OptionValue>>,
): void {
  const names = definitions.map((definition) => String(field(definition, 'name')));
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ClientRefusal(`there is no option ${unknown}; there are ${names.join(', ')}`);
  }
  const missing = definitions.find(
    (definition) =>
      field(definition, 'required') === true &&
      given[String(field(definition, 'name'))] === undefined,
  );
  if (missing !== undefined) {
    refuse(missing, 'is required');
  }
}
