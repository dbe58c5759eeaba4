import { LIMITS } from '../limits.ts';
import { field, isAbsent, listOf, textOf } from '../values.ts';
import {
  checkDescription,
  checkLocalised,
  checkMenuName,
  checkSlashName,
  longestLength,
} from './command-names.ts';
import { issue, notOneOf, duplicateIndexes, type Issue, type Path } from './issue.ts';
import { checkOptions } from './option-rules.ts';

const SLASH = 1;
const KINDS = [SLASH, 2, 3, 4];
const CONTEXTS = [0, 1, 2];
const INTEGRATION_TYPES = [0, 1];

/** Counts the characters of names, descriptions and values, each in its longest localisation. */
function commandSize(owner: unknown): number {
  const choices = listOf(field(owner, 'choices')).reduce<number>(
    (sum, choice) =>
      sum + longestLength(choice, 'name') + (textOf(field(choice, 'value'))?.length ?? 0),
    0,
  );
  const options = listOf(field(owner, 'options')).reduce<number>(
    (sum, option) => sum + commandSize(option),
    0,
  );
  return longestLength(owner, 'name') + longestLength(owner, 'description') + choices + options;
}

function checkSet(value: unknown, path: Path, allowed: readonly number[]): Issue[] {
  const list = listOf(value);
  const issues = list.flatMap((entry, index) =>
    allowed.some((known) => known === entry) ? [] : [notOneOf([...path, index], allowed)],
  );
  if (duplicateIndexes(list).length > 0) {
    issues.push(issue(path, 'SET_TYPE_DUPLICATE', 'Values must be unique'));
  }
  return issues;
}

function checkPermissions(value: unknown, path: Path): Issue[] {
  return isAbsent(value) ||
    typeof value === 'number' ||
    (typeof value === 'string' && /^\d+$/u.test(value))
    ? []
    : [issue(path, 'NUMBER_TYPE_COERCE', 'Value is not a permission bitset.')];
}

function checkMenu(command: unknown, path: Path): Issue[] {
  const description = textOf(field(command, 'description')) ?? '';
  return [
    ...checkMenuName(field(command, 'name'), [...path, 'name']),
    ...checkLocalised(command, 'name', path, checkMenuName),
    ...(description === ''
      ? []
      : [
          issue(
            [...path, 'description'],
            'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
            'Context menu commands cannot have description',
          ),
        ]),
    ...(listOf(field(command, 'options')).length === 0
      ? []
      : [
          issue(
            [...path, 'options'],
            'APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED',
            'Context menu commands cannot have options',
          ),
        ]),
  ];
}

function checkSlash(command: unknown, path: Path): Issue[] {
  return [
    ...checkSlashName(field(command, 'name'), [...path, 'name']),
    ...checkDescription(field(command, 'description'), [...path, 'description']),
    ...checkLocalised(command, 'name', path, checkSlashName),
    ...checkLocalised(command, 'description', path, checkDescription),
    ...checkOptions(field(command, 'options'), [...path, 'options']),
  ];
}

function checkCommand(command: unknown, path: Path): Issue[] {
  const kind = field(command, 'type') ?? SLASH;
  const issues = [
    ...(kind === SLASH ? checkSlash(command, path) : checkMenu(command, path)),
    ...checkSet(field(command, 'contexts'), [...path, 'contexts'], CONTEXTS),
    ...checkSet(
      field(command, 'integration_types'),
      [...path, 'integration_types'],
      INTEGRATION_TYPES,
    ),
    ...checkPermissions(field(command, 'default_member_permissions'), [
      ...path,
      'default_member_permissions',
    ]),
  ];
  if (!KINDS.some((known) => known === kind)) {
    issues.push(notOneOf([...path, 'type'], KINDS));
  }
  if (commandSize(command) > LIMITS.command.total) {
    const message = `Command exceeds maximum size (${LIMITS.command.total})`;
    issues.push(issue(path, 'APPLICATION_COMMAND_TOO_LARGE', message));
  }
  return issues;
}

/** Checks the definitions of a bulk overwrite. */
export function checkCommands(commands: readonly unknown[]): Issue[] {
  const names = commands.map((command) =>
    JSON.stringify([field(command, 'type') ?? SLASH, field(command, 'name')]),
  );
  return [
    ...commands.flatMap((command, index) => checkCommand(command, [index])),
    ...duplicateIndexes(names).map((index) =>
      issue(
        [index],
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      ),
    ),
  ];
}

/** Whether there are more commands of one type than Discord allows. */
export function hasTooManyCommands(commands: readonly unknown[]): boolean {
  const { chatInput, user, message } = LIMITS.command;
  return [chatInput, user, message].some(
    (limit, index) =>
      commands.filter((command) => (field(command, 'type') ?? SLASH) === index + 1).length > limit,
  );
}
