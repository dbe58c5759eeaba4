import { WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import type { StateSum } from '../../domain/ledger/month-tally.ts';
import { uploadOfKey } from '../../domain/ledger/upload-keys.ts';
import { isCounted } from '../../domain/ledger/usage-sums.ts';
import { findRoute } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Messages } from '../messages/en.ts';
import { ACCENTS } from '../layout/accents.ts';
import type { Frame, Layout, Part, PicturePart } from '../layout/layout.ts';
import { titleText } from '../layout/title-text.ts';
import { providerNameIn, routeNameIn } from '../render/route-summary.ts';
import { monthName } from './month-option.ts';
import type { Ranked } from './ranking.ts';
import { amountIn, figuresText, memberText } from './usage-figures.ts';
import type { UsageReport } from './usage-report.ts';

/** How many members or routes are listed. */
export const MAX_RANKED = 10;

const STATES = [
  'settled',
  'settled (assumed)',
  'reserved',
  'held',
  'released',
  'released (assumed)',
] as const satisfies JournalLine['state'][];

/** What is shown beside the figures. */
export interface ReportExtras {
  /** The chart among the message's files. */
  readonly picture: Pick<PicturePart, 'file' | 'description'> | undefined;
  /** Why there is no chart, as the name of a text. */
  readonly note: 'noPicture' | 'pictureBusy' | undefined;
  /** What else there is to say about the members. */
  readonly notes: Frame | undefined;
}

/** The current windows, the month by state with its chart, and the rankings. */
export function reportLayout(
  report: UsageReport,
  { picture, note, notes }: ReportExtras,
  { messages, catalogue }: { readonly messages: Messages; readonly catalogue: Catalogue },
): Layout {
  const { show, sum } = messages.usageCommand;
  const { member, ranking, routes } = report;
  const pictured: Part[] = picture === undefined ? [] : [{ kind: 'picture', ...picture }];
  const noted: Part[] = note === undefined ? [] : [{ kind: 'text', text: `-# ${show[note]}` }];
  const frame: Frame = {
    kind: 'frame',
    accent: ACCENTS.figures,
    parts: [
      { kind: 'text', text: windowsText(report, messages) },
      { kind: 'divider' },
      { kind: 'text', text: monthLines(report, messages).join('\n') },
      ...pictured,
      ...noted,
      ...(member === undefined
        ? rankingOf(show.members, ranking, messages, (key) => memberText(key, messages))
        : []),
      ...rankingOf(show.routes, routes, messages, (id) => nameOfRoute(catalogue, id, messages)),
    ],
  };
  return { blocks: [frame, ...(notes === undefined ? [] : [notes])], more: sum.more };
}

function windowsText(report: UsageReport, messages: Messages): string {
  const { show } = messages.usageCommand;
  const { member } = report;
  return [
    titleText(member === undefined ? show.ofGuild : show.ofMember(`<@${member}>`)),
    ...WINDOW_KINDS.map((kind) =>
      show.line(show.windows[kind], runningText(report, kind, messages)),
    ),
    `-# ${show.whatCounts}`,
  ].join('\n');
}

/** A ranking, with the numbers that the chart's bars have. */
function rankingOf(
  title: string,
  ranked: readonly Ranked[],
  messages: Messages,
  nameOf: (key: string) => string,
): Part[] {
  if (ranked.length === 0) return [];
  const { line } = messages.usageCommand.show;
  const lines = ranked
    .slice(0, MAX_RANKED)
    .map(({ key, sum }, index) =>
      line(`**#${index + 1}** ${nameOf(key)}`, figuresText(sum, messages)),
    );
  return [
    { kind: 'divider' },
    { kind: 'lines', title, lines, beyond: ranked.length - lines.length },
  ];
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
    return ofState === undefined || isOfUploadsAlone(state, ofState)
      ? []
      : [`- ${show.line(show.states[state], stateText(state, ofState, messages))}`];
  });
  return [show.month(name, zone, figures), ...byState];
}

/** Uploads that were not charged are no line of their own. */
function isOfUploadsAlone(state: JournalLine['state'], { videos }: StateSum): boolean {
  return videos === 0 && !isCounted({ state });
}

/** For released videos only the number is shown, because they do not count. */
function stateText(
  state: JournalLine['state'],
  { videos, sum }: StateSum,
  messages: Messages,
): string {
  return isCounted({ state })
    ? figuresText(sum, messages)
    : messages.quota.measures.videos(String(videos));
}

/** A model, or the uploads of a kind at a provider. */
function nameOfRoute(catalogue: Catalogue, id: string, messages: Messages): string {
  const upload = uploadOfKey(id);
  if (upload === undefined || findRoute(catalogue, id) !== undefined) {
    return routeNameIn(catalogue, id);
  }
  const { kinds, uploads } = messages.namedAssets;
  return uploads(kinds[upload.kind], providerNameIn(catalogue, upload.provider));
}
