import { OPTION } from '../option-types.ts';
import { LIMITS } from '../limits.ts';
import { field, isAbsent, listOf } from '../values.ts';
import { checkChoiceList } from './choice-rules.ts';
import { checkDescription, checkLocalised, checkSlashName } from './command-names.ts';
import {
  checkInteger,
  checkList,
  issue,
  notOneOf,
  duplicateIndexes,
  type Issue,
  type Path,
} from './issue.ts';

const TYPES = Object.values(OPTION);
const FILE_TYPE = /^(?:image|video|audio|\.[a-z0-9]+)$/u;
const MAX_NUMBER = 2 ** 53;

function isNested(type: unknown): boolean {
  return type === OPTION.subcommand || type === OPTION.group;
}

function checkBounds(option: unknown, path: Path): Issue[] {
  const max = LIMITS.command.optionLength;
  const pairs = [
    { low: 'min_length', high: 'max_length', lowMin: 0, highMin: 1, max, for: [OPTION.string] },
    {
      low: 'min_value',
      high: 'max_value',
      lowMin: -MAX_NUMBER,
      highMin: -MAX_NUMBER,
      max: MAX_NUMBER,
      for: [OPTION.integer, OPTION.number],
    },
  ] as const;
  return pairs.flatMap((pair) => {
    const low = field(option, pair.low);
    const high = field(option, pair.high);
    if (isAbsent(low) && isAbsent(high)) {
      return [];
    }
    const types: readonly unknown[] = pair.for;
    if (!types.includes(field(option, 'type'))) {
      return [
        issue(
          path,
          'APPLICATION_COMMAND_OPTION_INVALID_BOUND',
          `${pair.low} and ${pair.high} do not apply to this type`,
        ),
      ];
    }
    if (field(option, 'type') === OPTION.number) {
      return [];
    }
    const issues = [
      ...checkInteger(low, [...path, pair.low], {
        min: pair.lowMin,
        max: pair.max,
        optional: true,
      }),
      ...checkInteger(high, [...path, pair.high], {
        min: pair.highMin,
        max: pair.max,
        optional: true,
      }),
    ];
    return typeof low === 'number' && typeof high === 'number' && low > high
      ? [
          ...issues,
          issue(
            [...path, pair.high],
            'APPLICATION_COMMAND_OPTION_INVALID_BOUND',
            `${pair.high} is below ${pair.low}`,
          ),
        ]
      : issues;
  });
}

function checkFileTypes(option: unknown, path: Path): Issue[] {
  const fileTypes = field(option, 'file_types');
  const at = [...path, 'file_types'];
  return [
    ...checkList(fileTypes, at, { max: LIMITS.command.fileTypes, optional: true }),
    ...listOf(fileTypes).flatMap((value, index) =>
      typeof value === 'string' && FILE_TYPE.test(value)
        ? []
        : [notOneOf([...at, index], ['image', 'video', 'audio', '.ext'])],
    ),
  ];
}

function checkOption(option: unknown, path: Path, depth: number): Issue[] {
  const type = field(option, 'type');
  const issues = [
    ...checkSlashName(field(option, 'name'), [...path, 'name']),
    ...checkDescription(field(option, 'description'), [...path, 'description']),
    ...checkLocalised(option, 'name', path, checkSlashName),
    ...checkLocalised(option, 'description', path, checkDescription),
    ...checkBounds(option, path),
    ...checkFileTypes(option, path),
    ...checkChoiceList(option, path),
  ];
  if (!TYPES.some((known) => known === type)) {
    issues.push(notOneOf([...path, 'type'], TYPES));
  }
  const tooDeep = (type === OPTION.group && depth > 0) || (type === OPTION.subcommand && depth > 1);
  if (tooDeep) {
    issues.push(
      issue(
        [...path, 'type'],
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command option type is invalid here',
      ),
    );
  }
  return isNested(type)
    ? [...issues, ...checkOptions(field(option, 'options'), [...path, 'options'], depth + 1)]
    : issues;
}

function checkOrder(list: readonly unknown[], path: Path): Issue[] {
  const firstOptional = list.findIndex((option) => field(option, 'required') !== true);
  return list.flatMap((option, index) =>
    firstOptional !== -1 && index > firstOptional && field(option, 'required') === true
      ? [
          issue(
            [...path, index],
            'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            'Required options must be placed before non-required options',
          ),
        ]
      : [],
  );
}

/** Checks the options of a command, a group or a sub-command. */
export function checkOptions(options: unknown, path: Path, depth = 0): Issue[] {
  const list = listOf(options);
  const nested = list.filter((option) => isNested(field(option, 'type'))).length;
  const issues = [
    ...checkList(options, path, { max: LIMITS.command.options, optional: true }),
    ...checkOrder(list, path),
    ...duplicateIndexes(list.map((option) => field(option, 'name'))).map((index) =>
      issue(
        [...path, index, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists',
      ),
    ),
    ...list.flatMap((option, index) => checkOption(option, [...path, index], depth)),
  ];
  if (nested > 0 && nested < list.length) {
    issues.push(
      issue(
        path,
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      ),
    );
  }
  return issues;
}
