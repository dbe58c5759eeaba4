import { COMPONENT } from '../component-types.ts';
import { flattenComponents } from '../rules/component-tree.ts';
import { field, isAbsent, listOf, textOf } from '../values.ts';
import type { MessageState } from './compose.ts';

const USER = /<@!?(\d{15,20})>/gu;
const ROLE = /<@&(\d{15,20})>/gu;
const EVERYONE = /@(?:everyone|here)/u;

/** The mentions of a text that `allowed_mentions` permits. */
export interface Mentions {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

/** Returns the text in which mentions notify: content and text displays, but not embeds. */
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
 * Finds the permitted mentions. `defaultParse` applies without `allowed_mentions`: users for
 * interactions, all kinds for the bot's posts. Unlike in Discord, mentions in code spans count.
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
