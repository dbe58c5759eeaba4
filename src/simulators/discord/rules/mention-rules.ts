import { LIMITS } from '../limits.ts';
import { field, isAbsent, listOf } from '../values.ts';
import { checkList, issue, notOneOf, type Issue, type Path } from './issue.ts';

const KINDS = ['roles', 'users', 'everyone'];

/** Checks `allowed_mentions`: each kind is either parsed or listed, not both. */
export function checkAllowedMentions(allowed: unknown, path: Path): Issue[] {
  if (isAbsent(allowed)) {
    return [];
  }
  const parse = listOf(field(allowed, 'parse'));
  const issues = parse.flatMap((kind, index) =>
    KINDS.some((known) => known === kind) ? [] : [notOneOf([...path, 'parse', index], KINDS)],
  );
  for (const kind of ['users', 'roles']) {
    const listed = field(allowed, kind);
    issues.push(...checkList(listed, [...path, kind], { max: LIMITS.mentions, optional: true }));
    if (parse.includes(kind) && listOf(listed).length > 0) {
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      issues.push(issue(path, 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message));
    }
  }
  return issues;
}
