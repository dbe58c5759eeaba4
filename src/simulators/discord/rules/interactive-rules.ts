import { LIMITS } from '../limits.ts';
import { field, isAbsent, listOf, textOf } from '../values.ts';
import { COMPONENT, SELECTS } from '../component-types.ts';
import { type PlacedComponent } from './component-tree.ts';
import {
  checkInteger,
  checkList,
  checkText,
  issue,
  notOneOf,
  duplicateIndexes,
  required,
  type Issue,
  type Path,
} from './issue.ts';
import { checkScheme } from './urls.ts';

const STYLES = [1, 2, 3, 4, 5, 6];
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;

function linkIssues(button: unknown, path: Path): Issue[] {
  const url = field(button, 'url');
  const issues = checkText(url, [...path, 'url'], { min: 1, max: LIMITS.buttonUrl });
  if (issues.length === 0) {
    issues.push(...checkScheme(url, [...path, 'url'], ['http', 'https', 'discord']));
  }
  if (!isAbsent(field(button, 'custom_id'))) {
    issues.push(
      issue(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      ),
    );
  }
  return issues;
}

function checkButton(button: unknown, path: Path): Issue[] {
  const style = field(button, 'style');
  if (!STYLES.some((known) => known === style)) {
    return [isAbsent(style) ? required([...path, 'style']) : notOneOf([...path, 'style'], STYLES)];
  }
  if (style === PREMIUM_STYLE) {
    return isAbsent(field(button, 'sku_id')) ? [required([...path, 'sku_id'])] : [];
  }
  const label = field(button, 'label');
  const issues = checkText(label, [...path, 'label'], { max: LIMITS.buttonLabel, optional: true });
  if ((isAbsent(label) || label === '') && isAbsent(field(button, 'emoji'))) {
    issues.push(issue(path, 'BUTTON_COMPONENT_INVALID', 'A button must have a label or emoji'));
  }
  if (style === LINK_STYLE) {
    return [...issues, ...linkIssues(button, path)];
  }
  if (!isAbsent(field(button, 'url'))) {
    issues.push(
      issue([...path, 'url'], 'BUTTON_COMPONENT_URL_NOT_ALLOWED', 'Only link buttons have a url'),
    );
  }
  return [...issues, ...checkCustomId(button, path)];
}

function checkCustomId(component: unknown, path: Path): Issue[] {
  return checkText(field(component, 'custom_id'), [...path, 'custom_id'], {
    min: 1,
    max: LIMITS.customId,
  });
}

/** Checks the options of a string select, a radio group or a checkbox group. */
export function checkChoices(
  options: unknown,
  path: Path,
  count: { readonly min: number; readonly max: number },
): Issue[] {
  const list = listOf(options);
  const { text } = LIMITS.select;
  return [
    ...checkList(options, path, count),
    ...list.flatMap((option, index) => [
      ...checkText(field(option, 'label'), [...path, index, 'label'], { min: 1, max: text }),
      ...checkText(field(option, 'value'), [...path, index, 'value'], { min: 1, max: text }),
      ...checkText(field(option, 'description'), [...path, index, 'description'], {
        max: text,
        optional: true,
      }),
    ]),
    ...duplicateIndexes(list.map((option) => field(option, 'value'))).map((index) =>
      issue(
        [...path, index],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      ),
    ),
  ];
}

function checkSelect(select: unknown, path: Path): Issue[] {
  const min = field(select, 'min_values');
  const max = field(select, 'max_values');
  const values = LIMITS.select.values;
  const issues = [
    ...checkCustomId(select, path),
    ...checkText(field(select, 'placeholder'), [...path, 'placeholder'], {
      max: LIMITS.select.placeholder,
      optional: true,
    }),
    ...checkInteger(min, [...path, 'min_values'], { min: 0, max: values, optional: true }),
    ...checkInteger(max, [...path, 'max_values'], { min: 1, max: values, optional: true }),
  ];
  const minValues = typeof min === 'number' ? min : 1;
  const maxValues = typeof max === 'number' ? max : 1;
  if (minValues > maxValues) {
    const message = 'max_values must be greater than or equal to min_values';
    issues.push(issue([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES_INVALID', message));
  }
  return field(select, 'type') === COMPONENT.stringSelect
    ? [...issues, ...checkOptions(select, path, issues.length === 0 ? maxValues : 0)]
    : issues;
}

function checkOptions(select: unknown, path: Path, maxValues: number): Issue[] {
  const options = field(select, 'options');
  const list = listOf(options);
  const at = [...path, 'options'];
  const issues = checkChoices(options, at, { min: 1, max: LIMITS.select.options });
  if (list.length > 0 && maxValues > list.length) {
    const message = 'max_values must not be more than the number of options';
    issues.push(issue([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES_INVALID', message));
  }
  if (
    maxValues > 0 &&
    list.filter((option) => field(option, 'default') === true).length > maxValues
  ) {
    const message = 'Too many options are selected by default';
    issues.push(issue(at, 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', message));
  }
  return issues;
}

/** Checks a button or a select menu; other components have no issues here. */
export function checkInteractive({ component, type, path }: PlacedComponent): Issue[] {
  if (type === COMPONENT.button) {
    return checkButton(component, path);
  }
  return typeof type === 'number' && SELECTS.includes(type) ? checkSelect(component, path) : [];
}

/** Checks that a row has one to five buttons, or one select menu. */
export function checkRow({ component, path }: PlacedComponent): Issue[] {
  const at = [...path, 'components'];
  const children = listOf(field(component, 'components'));
  const types = children.map((child) => field(child, 'type'));
  const menus = types.filter((type) => typeof type === 'number' && SELECTS.includes(type)).length;
  const buttons = types.filter((type) => type === COMPONENT.button).length;
  const issues = checkList(field(component, 'components'), at, {
    min: 1,
    max: LIMITS.buttonsInRow,
  });
  for (const [index, type] of types.entries()) {
    const known = type === COMPONENT.button || (typeof type === 'number' && SELECTS.includes(type));
    if (!known) {
      issues.push(notOneOf([...at, index, 'type'], [COMPONENT.button, ...SELECTS]));
    }
  }
  if (menus > 1 || (menus === 1 && buttons > 0)) {
    issues.push(
      issue(
        at,
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      ),
    );
  }
  return issues;
}

/** Checks that all custom ids are unique, including those of disabled components. */
export function checkUniqueCustomIds(components: readonly PlacedComponent[]): Issue[] {
  return duplicateIndexes(
    components.map(({ component }) => textOf(field(component, 'custom_id'))),
  ).map((index) =>
    issue(
      [...(components[index]?.path ?? []), 'custom_id'],
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    ),
  );
}
