import { LIMITS } from '../limits.ts';
import { field, textOf } from '../values.ts';
import { COMPONENT } from '../component-types.ts';
import { type PlacedComponent } from './component-tree.ts';
import { issue, type Issue, type Path } from './issue.ts';

const LIMIT = LIMITS.v2;

/** Checks the number of components, including nested ones. */
export function checkComponentCount(components: readonly PlacedComponent[], path: Path): Issue[] {
  return components.length <= LIMIT.components
    ? []
    : [
        issue(
          path,
          'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
          `The total number of components cannot exceed ${LIMIT.components}`,
        ),
      ];
}

export function checkTextSum(components: readonly PlacedComponent[], path: Path): Issue[] {
  const total = components
    .filter(({ type }) => type === COMPONENT.text)
    .reduce((sum, { component }) => sum + (textOf(field(component, 'content'))?.length ?? 0), 0);
  return total <= LIMIT.text
    ? []
    : [
        issue(
          path,
          'COMPONENT_MAX_TOTAL_TEXT_DISPLAY_LENGTH_EXCEEDED',
          `The total length of text displays cannot exceed ${LIMIT.text}`,
        ),
      ];
}
