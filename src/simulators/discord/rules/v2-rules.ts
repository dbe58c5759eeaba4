import { LIMITS } from '../limits.ts';
import { field, isAbsent, listOf } from '../values.ts';
import { COMPONENT } from '../component-types.ts';
import { mediaOf, type PlacedComponent } from './component-tree.ts';
import {
  checkInteger,
  checkList,
  checkText,
  notOneOf,
  required,
  type Issue,
  type Path,
} from './issue.ts';
import { checkImageReference, checkReference, checkScheme, type KnownFile } from './urls.ts';

const LIMIT = LIMITS.v2;

const IN_CONTAINER: readonly number[] = [
  COMPONENT.row,
  COMPONENT.section,
  COMPONENT.text,
  COMPONENT.gallery,
  COMPONENT.file,
  COMPONENT.separator,
];
/** The components that are allowed at the top level of a V2 message. */
export const V2_TOP_LEVEL: readonly number[] = [...IN_CONTAINER, COMPONENT.container];

function onlyKinds(list: unknown, path: Path, kinds: readonly number[]): Issue[] {
  return listOf(list).flatMap((child, index) => {
    const type = field(child, 'type');
    return kinds.some((kind) => kind === type) ? [] : [notOneOf([...path, index, 'type'], kinds)];
  });
}

function checkSection(section: unknown, path: Path): Issue[] {
  const texts = field(section, 'components');
  const accessory = field(section, 'accessory');
  const kinds = [COMPONENT.button, COMPONENT.thumbnail];
  const at = [...path, 'components'];
  const issues = [
    ...checkList(texts, at, { min: 1, max: LIMIT.sectionTexts }),
    ...onlyKinds(texts, at, [COMPONENT.text]),
  ];
  if (isAbsent(accessory)) {
    issues.push(required([...path, 'accessory']));
  } else if (!kinds.some((kind) => kind === field(accessory, 'type'))) {
    issues.push(notOneOf([...path, 'accessory', 'type'], kinds));
  }
  return issues;
}

function checkGallery(gallery: unknown, path: Path): Issue[] {
  const at = [...path, 'items'];
  const items = field(gallery, 'items');
  return [
    ...checkList(items, at, { min: 1, max: LIMIT.galleryItems }),
    ...listOf(items).flatMap((item, index) =>
      checkText(field(item, 'description'), [...at, index, 'description'], {
        max: LIMIT.mediaDescription,
        optional: true,
      }),
    ),
  ];
}

function checkContainer(container: unknown, path: Path): Issue[] {
  const at = [...path, 'components'];
  const children = field(container, 'components');
  return [
    ...checkList(children, at, { min: 1, max: LIMIT.components }),
    ...onlyKinds(children, at, IN_CONTAINER),
    ...checkInteger(field(container, 'accent_color'), [...path, 'accent_color'], {
      min: 0,
      max: LIMITS.embed.color,
      optional: true,
    }),
  ];
}

function checkMedia(placed: PlacedComponent, files: readonly KnownFile[]): Issue[] {
  const schemes = placed.type === COMPONENT.file ? ['attachment'] : ['http', 'https', 'attachment'];
  return mediaOf(placed).flatMap(({ url, path }) => [
    ...checkScheme(url, path, schemes),
    ...checkText(url, path, { max: LIMIT.mediaUrl, optional: true }),
    ...checkReference(url, path, files),
    ...(placed.type === COMPONENT.thumbnail ? checkImageReference(url, path, files) : []),
  ]);
}

/** Checks one V2 component, without its children. */
export function checkV2Component(placed: PlacedComponent, files: readonly KnownFile[]): Issue[] {
  const { component, type, path } = placed;
  switch (type) {
    case COMPONENT.section:
      return checkSection(component, path);
    case COMPONENT.text:
      return checkText(field(component, 'content'), [...path, 'content'], {
        min: 1,
        max: LIMIT.text,
      });
    case COMPONENT.gallery:
      return [...checkGallery(component, path), ...checkMedia(placed, files)];
    case COMPONENT.thumbnail:
    case COMPONENT.file:
      return checkMedia(placed, files);
    case COMPONENT.separator:
      return checkInteger(field(component, 'spacing'), [...path, 'spacing'], {
        min: 1,
        max: 2,
        optional: true,
      });
    case COMPONENT.container:
      return checkContainer(component, path);
    default:
      return [];
  }
}
