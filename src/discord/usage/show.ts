import type { UsageChart } from '../../chart/usage-chart.ts';
import { tallyMonth } from '../../domain/ledger/month-tally.ts';
import type { CommandCall, CommandServices } from '../command.ts';
import type { Frame } from '../layout/layout.ts';
import type { Messages } from '../messages/en.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { PrivateMessage } from '../replies.ts';
import type { ReplyFile } from '../rest/multipart.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';
import { idOption } from '../options/option-value.ts';
import { answerLater } from './answer-later.ts';
import { readMonth } from './month-option.ts';
import { NOT_COMPARED, membersNearLimits, notesFrame } from './near-limits.ts';
import type { Reports } from './reports.ts';
import { reportChart } from './report-chart.ts';
import { reportLayout } from './report-layout.ts';
import type { ReportExtras } from './report-layout.ts';
import { reportUsage } from './usage-report.ts';
import type { UsageReport } from './usage-report.ts';

const PICTURE = 'usage.png';

type ShowServices = Pick<
  CommandServices,
  'guilds' | 'clock' | 'replies' | 'accounts' | 'journal' | 'priceList' | 'reports' | 'catalogue'
>;

/** `/usage show`: sums in words, and the month as a picture. */
export async function showUsage(call: CommandCall, services: ShowServices): Promise<void> {
  const { guilds, clock, replies, reports } = services;
  const messages = messagesFor(call.language);
  const { zone } = (await guilds.get(call.guildId)).zone;
  const month = readMonth(call.options.get('month'), clock.now(), zone);
  if (month === undefined) return replies.privately(call, messages.usageCommand.badMonth);
  const given = call.options.get('member');
  const member = idOption(given);
  if (given !== undefined && member === undefined) {
    return replies.privately(call, messages.answers.notUnderstood);
  }
  const caller = call.member.user.id;
  const wanted: Wanted = { guildId: call.guildId, member, month, zone, caller };
  // Admins who ask for the same report while it is being made get the same one.
  const key = [call.guildId, month, member ?? '', call.language].join(':');
  return answerLater(call, services, async () =>
    reports.share(key, async () => makeReport(wanted, services, messages)),
  );
}

interface Wanted {
  readonly guildId: string;
  /** `undefined` for all members. */
  readonly member: string | undefined;
  readonly month: string;
  readonly zone: string;
  readonly caller: string;
}

async function makeReport(
  wanted: Wanted,
  services: ShowServices,
  messages: Messages,
): Promise<PrivateMessage> {
  const { turns } = services.reports;
  const { guildId } = wanted;
  const read = await turns.reads.run(guildId, async () => readReport(wanted, services));
  const { busy } = messages.usageCommand;
  if (read.kind !== 'done') return { content: busy };
  const report = read.value;
  const chart = reportChart(report, messages);
  const picture =
    chart === undefined
      ? NO_PICTURE
      : await pictureOf(chart, services.reports, { guildId, messages });
  const { files, shown, note } = picture;
  const notes = await notesOn(wanted, report, services, messages);
  const { catalogue } = services;
  const layout = reportLayout(report, { picture: shown, note, notes }, { messages, catalogue });
  return { layout, files };
}

/** What else there is to say about the members of a report. */
async function notesOn(
  { guildId, member, month, zone }: Wanted,
  report: UsageReport,
  services: ShowServices,
  messages: Messages,
): Promise<Frame | undefined> {
  const isCurrent = month === readMonth(undefined, services.clock.now(), zone);
  // An earlier month says nothing about the limits of windows that are open now.
  const isListed = member === undefined && isCurrent;
  const near = isListed ? await membersNearLimits(guildId, report.ranking, services) : NOT_COMPARED;
  const currency = services.priceList?.currency;
  return notesFrame(near, { isMissing: isMissing(report, isCurrent), currency }, messages);
}

/** Whether the month has lines, or should have some, of a member whose data was deleted. */
function isMissing({ member, ranking, running, tally }: UsageReport, isCurrent: boolean): boolean {
  if (member !== undefined) {
    return isCurrent && tally.byState.size === 0 && running.month.videos > 0n;
  }
  return ranking.some(({ key }) => !snowflakeSchema.safeParse(key).success);
}

async function readReport(
  { guildId, member, month, zone, caller }: Wanted,
  { accounts, journal, priceList }: ShowServices,
): Promise<UsageReport> {
  const currency = priceList?.currency ?? '';
  const sums = await accounts.readCached(guildId, member ?? caller);
  const running = member === undefined ? sums.guild : sums.member;
  const pages = journal.readMonth(guildId, month);
  const tally = await tallyMonth(pages, { member, zone, currency });
  return reportUsage({ member, running, month, zone, tally, currency });
}

interface Picture extends Partial<Pick<ReportExtras, 'note'>> {
  readonly files: readonly ReplyFile[];
  readonly shown?: ReportExtras['picture'];
}

const NO_PICTURE: Picture = { files: [] };

/** Without a turn in time, or if drawing fails, the figures are shown alone. */
async function pictureOf(
  chart: UsageChart,
  { turns, draw }: Reports,
  { guildId, messages }: { readonly guildId: string; readonly messages: Messages },
): Promise<Picture> {
  try {
    const drawn = await turns.pictures.run(guildId, async () => draw(chart));
    if (drawn.kind !== 'done') return { files: [], note: 'pictureBusy' };
    return {
      files: [{ name: PICTURE, contentType: 'image/png', parts: [drawn.value] }],
      shown: { file: PICTURE, description: messages.units.named(chart.title, chart.subtitle) },
    };
  } catch {
    return { files: [], note: 'noPicture' };
  }
}
