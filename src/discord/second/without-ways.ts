import type { Way } from '../../domain/ways/way.ts';
import type { Messages } from '../messages/en.ts';
import { namesText } from '../render/route-summary.ts';

/** Characters that the names of the models may use. */
const NAMES_MAX = 700;

/** What is said where the models to choose from can be named, but not offered. */
export function withoutWays(text: string, ways: readonly Way[], messages: Messages): string {
  const { refusal, second } = messages;
  const routes = ways.map(({ route }) => route);
  return [
    text,
    ...(routes.length === 0 ? [] : [refusal.others(namesText(routes, NAMES_MAX, messages))]),
    `-# ${second.wayOn.notKept}`,
  ].join('\n');
}
