import type { RequestIssue } from '../../domain/routes/request-issue.ts';
import { VIDEO_OPTIONS } from '../../domain/routes/options.ts';
import type { VideoOption } from '../../domain/routes/options.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { namesText } from './route-summary.ts';
import { reasonText } from './issue-reason-text.ts';

/** Discord's limit for the content of a message. */
export const CONTENT_MAX = 2000;

/** Characters that the names of other models may use, and their part of what there is room for. */
const OTHERS_MAX = 700;
const OTHERS_PART = 2.5;

/** Options that share a fault. */
interface Line {
  readonly options: readonly VideoOption[];
  readonly why: string;
}

/**
 * Everything wrong with a request, option by option, and the models that accept it. If that is too
 * long for a message, or for `max` characters of one, reasons are left out, but never an option.
 */
export function refusalText(
  route: Route,
  faults: readonly RequestIssue[],
  alternatives: readonly Route[],
  messages: Messages,
  max = CONTENT_MAX,
): string {
  const { refusal } = messages;
  const othersMax = Math.min(OTHERS_MAX, Math.floor(max / OTHERS_PART));
  const end =
    alternatives.length === 0
      ? refusal.noOthers
      : refusal.others(namesText(alternatives, othersMax, messages));
  const fits = (text: string): boolean => text.length <= max;
  const textOf = (lines: readonly Line[]): string =>
    [refusal.title(route.name), ...lines.map((line) => `- ${lineText(line, messages)}`), end].join(
      '\n',
    );
  const linesOf = (shown: 'whole' | 'without-given'): Line[] =>
    faults.map(({ options, reason }) => ({ options, why: reasonText(reason, messages, shown) }));
  const whole = linesOf('whole');
  const brief = merged(linesOf('without-given'));
  const fitting = [whole, merged(whole), brief].map(textOf).find(fits);
  return fitting ?? textOf(cut(brief, refusal.moreFaults, (lines) => fits(textOf(lines))));
}

function lineText({ options, why }: Line, { units }: Messages): string {
  return units.named(units.and(options.map((option) => `\`${option}\``)), why);
}

/** Merges options with the same fault into one line. */
function merged(lines: readonly Line[]): Line[] {
  const reasons = new Set(lines.map(({ why }) => why));
  return [...reasons].map((why) => ({
    options: optionsOf(lines.filter((line) => line.why === why)),
    why,
  }));
}

/** Keeps as many lines as fit, and lists the options of the others by name. */
function cut(
  lines: readonly Line[],
  why: string,
  areFitting: (lines: readonly Line[]) => boolean,
): Line[] {
  const shortened = (kept: number): Line[] => [
    ...lines.slice(0, kept),
    { options: optionsOf(lines.slice(kept)), why },
  ];
  let kept = lines.length - 1;
  while (kept > 0 && !areFitting(shortened(kept))) kept -= 1;
  return shortened(kept);
}

/** The options of these lines, each once, in the order in which Discord shows them. */
function optionsOf(lines: readonly Line[]): VideoOption[] {
  return VIDEO_OPTIONS.filter((option) => lines.some(({ options }) => options.includes(option)));
}
