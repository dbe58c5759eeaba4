import { renderUsageChart } from '../../chart/render-usage-chart.ts';
import type { UsageChart } from '../../chart/usage-chart.ts';
import type { CommandCall, CommandServices } from '../command.ts';
import type { Messages } from '../messages/en.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { ReplyFile } from '../replies.ts';
import { idOption } from '../options/option-value.ts';
import { answerLater } from './answer-later.ts';
import { readMonth } from './month-option.ts';
import { reportChart } from './report-chart.ts';
import { reportText, routesEmbed } from './report-text.ts';
import { reportUsage } from './usage-report.ts';

const PICTURE = 'usage.png';

/** `/usage show`: sums in words, and the month as a picture. */
export async function showUsage(
  call: CommandCall,
  services: Pick<
    CommandServices,
    'guilds' | 'clock' | 'replies' | 'accounts' | 'journal' | 'priceList'
  >,
): Promise<void> {
  const { guilds, clock, replies } = services;
  const messages = messagesFor(call.language);
  const { zone } = (await guilds.get(call.guildId)).zone;
  const month = readMonth(call.options.get('month'), clock.now(), zone);
  if (month === undefined) return replies.privately(call, messages.usageCommand.badMonth);
  const given = call.options.get('member');
  const member = idOption(given);
  if (given !== undefined && member === undefined) {
    return replies.privately(call, messages.answers.notUnderstood);
  }
  return answerLater(call, services, async () => {
    const [sums, lines] = await Promise.all([
      services.accounts.readCached(call.guildId, member ?? call.member.user.id),
      services.journal.readMonth(call.guildId, month),
    ]);
    const running = member === undefined ? sums.guild : sums.member;
    const { priceList } = services;
    const report = reportUsage({ member, running, month, zone, lines, priceList });
    const embed = routesEmbed(report, messages);
    const picture = await pictureOf(reportChart(report, messages), messages);
    const isShown = embed !== undefined && picture.files.length > 0;
    return {
      content: `${reportText(report, messages)}${picture.note}`,
      files: picture.files,
      embeds:
        embed === undefined
          ? []
          : [{ ...embed, ...(isShown ? { image: { url: `attachment://${PICTURE}` } } : {}) }],
    };
  });
}

/** If drawing the chart fails, the figures are shown without it. */
async function pictureOf(
  chart: UsageChart | undefined,
  { usageCommand }: Messages,
): Promise<{ readonly files: ReplyFile[]; readonly note: string }> {
  if (chart === undefined) return { files: [], note: '' };
  try {
    const bytes = await renderUsageChart(chart);
    return { files: [{ name: PICTURE, contentType: 'image/png', bytes }], note: '' };
  } catch {
    return { files: [], note: `\n-# ${usageCommand.show.noPicture}` };
  }
}
