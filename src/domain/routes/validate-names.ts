import type { NameFault, RequestIssue } from './request-issue.ts';
import type { NamedReference, VideoRequest } from './request.ts';
import type { Route } from './route.ts';

/** Finds names in the prompt that stand for nothing that the route can take now. */
export function nameIssues(route: Route, { names = [] }: VideoRequest): RequestIssue[] {
  const unknown = names.filter(({ fault }) => fault === 'unknown');
  const known = names.filter(({ fault }) => fault !== 'unknown');
  const library = route.assetLibrary;
  const wrong: readonly (readonly [NameFault, readonly NamedReference[]])[] =
    library === undefined
      ? [['names-not-taken', known]]
      : [
          ['names-without-room', known.filter(({ fault }) => fault === 'no-room')],
          ['names-elsewhere', known.filter(({ places }) => places[library] === undefined)],
          ['names-preparing', known.filter(({ places }) => places[library] === 'preparing')],
          ['names-failed', known.filter(({ places }) => places[library] === 'failed')],
          ['names-lost', known.filter(({ places }) => places[library] === 'lost')],
        ];
  return [['names-unknown', unknown] as const, ...wrong].flatMap(([kind, found]) =>
    found.length === 0
      ? []
      : [{ options: ['prompt'], reason: { kind, names: found.map(({ name }) => name) } }],
  );
}
