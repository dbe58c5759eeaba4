import { LIMITS } from '../limits.ts';
import { field, listOf } from '../values.ts';
import { COMPONENT } from '../component-types.ts';
import { flattenComponents } from './component-tree.ts';
import { checkUniqueCustomIds, checkInteractive, checkRow } from './interactive-rules.ts';
import { checkList, issue, notOneOf, type Issue, type Path } from './issue.ts';
import type { KnownFile } from './urls.ts';
import { checkV2Component, V2_TOP_LEVEL } from './v2-rules.ts';
import { checkComponentCount, checkTextSum } from './v2-totals.ts';

function checkLegacyTopLevel(components: unknown, path: Path): Issue[] {
  const issues = checkList(components, path, { max: LIMITS.rows, optional: true });
  for (const [index, component] of listOf(components).entries()) {
    const type = field(component, 'type');
    if (type === COMPONENT.row) {
      continue;
    }
    const known = V2_TOP_LEVEL.some((kind) => kind === type);
    issues.push(
      known
        ? issue(
            [...path, index],
            'COMPONENT_REQUIRES_COMPONENTS_V2_FLAG',
            'This component can only be used with MessageFlags.IS_COMPONENTS_V2',
          )
        : notOneOf([...path, index, 'type'], [COMPONENT.row]),
    );
  }
  return issues;
}

function checkV2TopLevel(components: unknown, path: Path): Issue[] {
  const list = listOf(components);
  return [
    ...checkList(components, path, { max: LIMITS.v2.components, optional: true }),
    ...list.flatMap((component, index) =>
      V2_TOP_LEVEL.some((kind) => kind === field(component, 'type'))
        ? []
        : [notOneOf([...path, index, 'type'], V2_TOP_LEVEL)],
    ),
  ];
}

/** Checks the components of a legacy or V2 message. */
export function checkComponents(
  components: unknown,
  path: Path,
  context: { readonly v2: boolean; readonly files: readonly KnownFile[] },
): Issue[] {
  const all = flattenComponents(components, path);
  const common = [
    ...all.flatMap(checkInteractive),
    ...all.filter(({ type }) => type === COMPONENT.row).flatMap(checkRow),
    ...checkUniqueCustomIds(all),
  ];
  if (!context.v2) {
    return [...checkLegacyTopLevel(components, path), ...common];
  }
  return [
    ...checkV2TopLevel(components, path),
    ...checkComponentCount(all, path),
    ...checkTextSum(all, path),
    ...all.flatMap((placed) => checkV2Component(placed, context.files)),
    ...common,
  ];
}
