import { LIMITS } from '../limits.ts';
import { field, listOf } from '../values.ts';
import { checkLocalised } from './command-names.ts';
import { checkList, checkText, issue, duplicateIndexes, type Issue, type Path } from './issue.ts';

const STRING = 3;
const INTEGER = 4;
const NUMBER = 10;

function checkChoiceName(name: unknown, path: Path): Issue[] {
  return checkText(name, path, { min: 1, max: LIMITS.command.choiceName });
}

function checkChoiceValue(value: unknown, type: unknown, path: Path): Issue[] {
  if (type === STRING) {
    return checkText(value, path, { min: 1, max: LIMITS.command.choiceValue });
  }
  const fits = type === INTEGER ? Number.isInteger(value) : typeof value === 'number';
  return fits ? [] : [issue(path, 'NUMBER_TYPE_COERCE', 'Value is not a number.')];
}

/** Checks one choice of an option or of an autocomplete callback. */
export function checkChoice(choice: unknown, type: unknown, path: Path): Issue[] {
  return [
    ...checkChoiceName(field(choice, 'name'), [...path, 'name']),
    ...checkLocalised(choice, 'name', path, checkChoiceName),
    ...checkChoiceValue(field(choice, 'value'), type, [...path, 'value']),
  ];
}

/** Checks the choices of an option definition. */
export function checkChoiceList(option: unknown, path: Path): Issue[] {
  const choices = field(option, 'choices');
  const list = listOf(choices);
  const type = field(option, 'type');
  const at = [...path, 'choices'];
  const issues = [
    ...checkList(choices, at, { max: LIMITS.command.choices, optional: true }),
    ...duplicateIndexes(list.map((choice) => field(choice, 'name'))).map((index) =>
      issue(
        [...at, index, 'name'],
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
        'Choice name already exists',
      ),
    ),
  ];
  if (list.length > 0 && ![STRING, INTEGER, NUMBER].some((known) => known === type)) {
    return [
      ...issues,
      issue(at, 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID', 'This option type has no choices'),
    ];
  }
  if (list.length > 0 && field(option, 'autocomplete') === true) {
    issues.push(
      issue(
        at,
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_AND_CHOICES',
        'Autocomplete options cannot have choices',
      ),
    );
  }
  return [...issues, ...list.flatMap((choice, index) => checkChoice(choice, type, [...at, index]))];
}
