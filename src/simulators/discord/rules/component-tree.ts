import { COMPONENT } from '../component-types.ts';
import { field, listOf } from '../values.ts';
import type { Path } from './issue.ts';

/** A component and its path in the request body. */
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

/** Lists all components with their paths, parents before their children. */
export function flattenComponents(components: unknown, path: Path): PlacedComponent[] {
  return listOf(components).flatMap((component, index) => flattenOne(component, [...path, index]));
}

/** Returns the media URLs of a file, thumbnail or gallery component. */
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
