import { LIMITS } from '../limits.ts';
import { field, isAbsent, listOf } from '../values.ts';
import { COMPONENT, SELECTS } from '../component-types.ts';
import { flattenComponents, type PlacedComponent } from './component-tree.ts';
import { checkUniqueCustomIds, checkInteractive } from './interactive-rules.ts';
import { checkList, checkText, notOneOf, required, type Issue, type Path } from './issue.ts';
import { checkModalInput, checkSelectInModal } from './modal-input-rules.ts';

const LIMIT = LIMITS.modal;
const TOP_LEVEL: readonly number[] = [COMPONENT.row, COMPONENT.text, COMPONENT.label];
const IN_LABEL: readonly number[] = [
  COMPONENT.textInput,
  ...SELECTS,
  COMPONENT.fileUpload,
  COMPONENT.radioGroup,
  COMPONENT.checkboxGroup,
  COMPONENT.checkbox,
];

function checkLabel(label: unknown, path: Path): Issue[] {
  const inner = field(label, 'component');
  const issues = [
    ...checkText(field(label, 'label'), [...path, 'label'], { min: 1, max: LIMIT.label }),
    ...checkText(field(label, 'description'), [...path, 'description'], {
      max: LIMIT.labelDescription,
      optional: true,
    }),
  ];
  if (isAbsent(inner)) {
    return [...issues, required([...path, 'component'])];
  }
  return IN_LABEL.some((kind) => kind === field(inner, 'type'))
    ? issues
    : [...issues, notOneOf([...path, 'component', 'type'], IN_LABEL)];
}

/** Checks the older form: a row with one text input, which has its own label. */
function checkModalRow(row: unknown, path: Path): Issue[] {
  const at = [...path, 'components'];
  const children = field(row, 'components');
  return [
    ...checkList(children, at, { min: 1, max: 1 }),
    ...listOf(children).flatMap((child, index) => [
      ...(field(child, 'type') === COMPONENT.textInput
        ? []
        : [notOneOf([...at, index, 'type'], [COMPONENT.textInput])]),
      ...checkText(field(child, 'label'), [...at, index, 'label'], { min: 1, max: LIMIT.label }),
    ]),
  ];
}

function checkPlaced(placed: PlacedComponent): Issue[] {
  const { component, type, path } = placed;
  const isSelect = typeof type === 'number' && SELECTS.includes(type);
  const hasId = typeof type === 'number' && IN_LABEL.includes(type) && !isSelect;
  const issues = hasId
    ? checkText(field(component, 'custom_id'), [...path, 'custom_id'], {
        min: 1,
        max: LIMITS.customId,
      })
    : [];
  switch (type) {
    case COMPONENT.label:
      return checkLabel(component, path);
    case COMPONENT.row:
      return checkModalRow(component, path);
    case COMPONENT.text:
      return checkText(field(component, 'content'), [...path, 'content'], {
        min: 1,
        max: LIMITS.v2.text,
      });
    default:
      return [
        ...issues,
        ...(isSelect
          ? checkSelectInModal(component, path)
          : checkModalInput(type, component, path)),
        ...checkInteractive(placed),
      ];
  }
}

/** Checks the `data` of a modal callback. */
export function checkModal(modal: unknown, path: Path): Issue[] {
  const components = field(modal, 'components');
  const at = [...path, 'components'];
  const all = flattenComponents(components, at);
  return [
    ...checkText(field(modal, 'title'), [...path, 'title'], { min: 1, max: LIMIT.title }),
    ...checkText(field(modal, 'custom_id'), [...path, 'custom_id'], {
      min: 1,
      max: LIMITS.customId,
    }),
    ...checkList(components, at, { min: 1, max: LIMIT.components }),
    ...listOf(components).flatMap((component, index) =>
      TOP_LEVEL.some((kind) => kind === field(component, 'type'))
        ? []
        : [notOneOf([...at, index, 'type'], TOP_LEVEL)],
    ),
    ...all.flatMap(checkPlaced),
    ...checkUniqueCustomIds(all),
  ];
}
