import { COMPONENT } from '../component-types.ts';
import { flattenComponents } from '../rules/component-tree.ts';
import { field, isAbsent, listOf, textOf } from '../values.ts';
import type { MessageState } from './compose.ts';

const USER = /<@!?(\d{15,20})>/gu;
const ROLE = /<@&(\d{15,20})>/gu;
const EVERYONE = /@(?:everyone|here)/u;

/** Whom a text calls, after `allowed_mentions`. */
export interface Mentions {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

/** Only the content and text displays can call anybody; embeds cannot. */
export function mentionableText(state: MessageState): string {
  const texts = flattenComponents(state.components, [])
    .filter(({ type }) => type === COMPONENT.text)
    .map(({ component }) => textOf(field(component, 'content')) ?? '');
  return [state.content, ...texts].join('\n');
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}

/**
 * `defaultParse` holds where the sender gave no `allowed_mentions`: users for interactions,
 * everything for the bot's own posts. Code spans are not left out: here they call as well.
 */
export function mentionsIn(
  text: string,
  allowed: unknown,
  defaultParse: readonly string[],
): Mentions {
  const parse = isAbsent(allowed) ? defaultParse : listOf(field(allowed, 'parse'));
  const pick = (kind: 'users' | 'roles', found: readonly string[]): string[] => {
    const listed = listOf(field(allowed, kind));
    return found.filter((id) => parse.includes(kind) || listed.includes(id));
  };
  return {
    users: pick('users', idsIn(text, USER)),
    roles: pick('roles', idsIn(text, ROLE)),
    everyone: parse.includes('everyone') && EVERYONE.test(text),
  };
}
