import type { APIEmbed } from 'discord.js';
import { WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { StateSum } from '../../domain/ledger/month-tally.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Messages } from '../messages/en.ts';
import { fitLines } from '../options/fit-lines.ts';
import { routeNameIn } from '../render/route-summary.ts';
import { monthName } from './month-option.ts';
import type { Ranked } from './ranking.ts';
import { amountIn, figuresText, memberText } from './usage-figures.ts';
import type { UsageReport } from './usage-report.ts';

/** How many members or routes are listed. */
export const MAX_RANKED = 10;

/** The blue of the bars. */
const EMBED_COLOUR = 0x5b9dff;

const STATES = [
  'settled',
  'settled (assumed)',
  'reserved',
  'held',
  'released',
  'released (assumed)',
] as const satisfies JournalLine['state'][];

/** The current windows, the month by state, and the ranking. */
export function reportText(report: UsageReport, messages: Messages): string {
  const { show, sum } = messages.usageCommand;
  const { member, ranking } = report;
  const head = [
    member === undefined ? show.ofGuild : show.ofMember(`<@${member}>`),
    ...WINDOW_KINDS.map((kind) =>
      show.line(show.windows[kind], runningText(report, kind, messages)),
    ),
    `-# ${show.whatCounts}`,
    '',
    ...monthLines(report, messages),
  ];
  if (member !== undefined || ranking.length === 0) return head.join('\n');
  const rest = ranking.length - MAX_RANKED;
  const ranks = rankLines(ranking, messages, (key) => memberText(key, messages));
  return fitLines(rest > 0 ? [...ranks, sum.more(rest)] : ranks, {
    head: [...head, show.members].join('\n'),
    // If lines are cut, the last line that counts the rest is cut too.
    more: (left) => sum.more(rest > 0 ? left - 1 + rest : left),
  }).text;
}

/** The month by route, with the numbers used in a single member's chart. */
export function routesEmbed(
  report: UsageReport,
  messages: Messages,
  catalogue: Catalogue,
): APIEmbed | undefined {
  const { show, sum } = messages.usageCommand;
  const { routes } = report;
  if (routes.length === 0) return undefined;
  const lines = rankLines(routes, messages, (id) => routeNameIn(catalogue, id));
  const left = routes.length - MAX_RANKED;
  return {
    color: EMBED_COLOUR,
    description: [show.routes, ...lines, ...(left > 0 ? [sum.more(left)] : [])].join('\n'),
  };
}

function rankLines(
  ranked: readonly Ranked[],
  messages: Messages,
  nameOf: (key: string) => string,
): string[] {
  const { line } = messages.usageCommand.show;
  return ranked
    .slice(0, MAX_RANKED)
    .map(({ key, sum }, index) =>
      line(`**#${index + 1}** ${nameOf(key)}`, figuresText(sum, messages)),
    );
}

/** An account sums only known amounts: without any, zero says nothing about the cost. */
function runningText(
  { running, currency }: UsageReport,
  kind: (typeof WINDOW_KINDS)[number],
  messages: Messages,
): string {
  const { videos, seconds, cost } = running[kind];
  const { measures } = messages.quota;
  const isPriceless = videos > 0n && cost === 0n;
  return messages.usageCommand.sum.join([
    measures.videos(videos.toString()),
    measures.seconds(seconds.toString()),
    isPriceless ? messages.usageCommand.sum.noPrice : amountIn(cost, currency, messages),
  ]);
}

function monthLines({ tally, sum, month, zone }: UsageReport, messages: Messages): string[] {
  const { show, emptyMonth } = messages.usageCommand;
  const name = monthName(month, messages.locale);
  if (tally.byState.size === 0) return [emptyMonth(name)];
  const figures = figuresText(sum, messages);
  const byState = STATES.flatMap((state) => {
    const ofState = tally.byState.get(state);
    return ofState === undefined
      ? []
      : [`- ${show.line(show.states[state], stateText(ofState, messages))}`];
  });
  return [show.month(name, zone, figures), ...byState];
}

/** For released tasks only the number is shown, because they do not count. */
function stateText({ tasks, sum }: StateSum, messages: Messages): string {
  return sum.videos === 0
    ? messages.quota.measures.videos(String(tasks))
    : figuresText(sum, messages);
}
