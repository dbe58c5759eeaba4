import { field, listOf } from '../values.ts';
import type { Path } from './issue.ts';

/** Numbers Discord gives to the kinds of components. */
export const COMPONENT = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

export const SELECTS: readonly number[] = [
  COMPONENT.stringSelect,
  COMPONENT.userSelect,
  COMPONENT.roleSelect,
  COMPONENT.mentionableSelect,
  COMPONENT.channelSelect,
];

export interface PlacedComponent {
  readonly component: unknown;
  readonly type: unknown;
  readonly path: Path;
}

function childrenOf(component: unknown, path: Path): PlacedComponent[] {
  const accessory = field(component, 'accessory');
  const inner = field(component, 'component');
  return [
    ...flattenComponents(field(component, 'components'), [...path, 'components']),
    ...(accessory === undefined ? [] : flattenOne(accessory, [...path, 'accessory'])),
    ...(inner === undefined ? [] : flattenOne(inner, [...path, 'component'])),
  ];
}

function flattenOne(component: unknown, path: Path): PlacedComponent[] {
  return [{ component, type: field(component, 'type'), path }, ...childrenOf(component, path)];
}

/** Every component, outer before inner, with the place where it stands. */
export function flattenComponents(components: unknown, path: Path): PlacedComponent[] {
  return listOf(components).flatMap((component, index) => flattenOne(component, [...path, index]));
}

/** Addresses that a component shows: a file's, a thumbnail's, a gallery's. */
export function mediaOf({
  component,
  type,
  path,
}: PlacedComponent): { url: unknown; path: Path }[] {
  switch (type) {
    case COMPONENT.file:
      return [{ url: field(field(component, 'file'), 'url'), path: [...path, 'file', 'url'] }];
    case COMPONENT.thumbnail:
      return [{ url: field(field(component, 'media'), 'url'), path: [...path, 'media', 'url'] }];
    case COMPONENT.gallery:
      return listOf(field(component, 'items')).map((item, index) => ({
        url: field(field(item, 'media'), 'url'),
        path: [...path, 'items', index, 'media', 'url'],
      }));
    default:
      return [];
  }
}
