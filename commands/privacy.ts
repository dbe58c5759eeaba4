import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../src/discord/discord-js.ts';
import type { PersonalData } from '../src/app/ports/personal-data-port.ts';
import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { described } from '../src/discord/localized.ts';
import { eraseQuestion } from '../src/discord/privacy/erase-question.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import type { PlainMessage } from '../src/discord/replies.ts';
import { countItems, countedItems } from '../src/discord/render/counted-items.ts';
import { personalJson } from '../src/discord/render/personal-file.ts';
import { inLibraries } from '../src/discord/privacy/in-libraries.ts';
import { replyFile } from '../src/discord/render/reply-file.ts';
import type { Task } from '../src/domain/tasks/task.ts';
import { hasPreferences } from '../src/domain/preferences/preferences.ts';
import { answerInTurn } from '../src/discord/usage/answer-later.ts';
import type { AnswerTurn } from '../src/discord/usage/answer-later.ts';

const SUBCOMMANDS = ['show', 'export', 'delete'] as const;

/** `/privacy` shows, exports and deletes the data the bot stores about the caller. */
export const privacy: Command = {
  name: 'privacy',
  define: () => ({
    name: 'privacy',
    ...described(({ commands }) => commands.privacy.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: SUBCOMMANDS.map((name) => ({
      name,
      type: ApplicationCommandOptionType.Subcommand,
      ...described(({ commands }) => commands.privacy[name]),
    })),
  }),
  async run(call, services) {
    const messages = messagesFor(call.language);
    const { privacy: words, usageCommand } = messages;
    if (call.subcommand === 'delete') {
      return services.replies.privately(call, eraseQuestion(call.id, messages));
    }
    const { turns } = services.reports;
    const turn: AnswerTurn = {
      turns: call.subcommand === 'export' ? turns.files : turns.members,
      owner: call.member.user.id,
      full: words.alreadyRunning,
      late: usageCommand.busy,
    };
    await answerInTurn(call, services, turn, async () => answer(call, services));
  },
};

/** Of a video that was deleted in its menu only the money is left. */
const isWhole = ({ isErased }: Task): boolean => isErased !== true;

type PrivacyServices = Pick<CommandServices, 'personalData' | 'retentionDays' | 'catalogue'>;

async function answer(call: CommandCall, services: PrivacyServices): Promise<PlainMessage> {
  const { personalData } = services;
  const memberId = call.member.user.id;
  const data = await personalData.read(memberId);
  if (call.subcommand === 'export') return exported(call, services, data);
  const [tasks, lines] = [await countItems(data.tasks, isWhole), await countItems(data.lines)];
  const counts = { tasks, lines, pending: data.pending.length };
  return { content: keptText(call, services, counts, data) };
}

async function exported(
  call: CommandCall,
  services: PrivacyServices,
  data: PersonalData,
): Promise<PlainMessage> {
  const tasks = countedItems(data.tasks, isWhole);
  const lines = countedItems(data.lines);
  const counted = { ...data, tasks: tasks.pages, lines: lines.pages };
  const file = await replyFile(personalJson(counted, call.member.user.id), {
    name: 'clapper-my-data.json',
    contentType: 'application/json',
    maxBytes: call.attachmentLimitBytes,
  });
  if (file === undefined) return { content: messagesFor(call.language).privacy.tooLarge };
  const counts = { tasks: tasks.count(), lines: lines.count(), pending: data.pending.length };
  return { content: keptText(call, services, counts, data), files: [file] };
}

function keptText(
  { language }: CommandCall,
  { retentionDays, catalogue }: PrivacyServices,
  { tasks, lines, pending }: Record<'tasks' | 'lines' | 'pending', number>,
  { preferences, assets, named = [] }: Pick<PersonalData, 'preferences' | 'assets' | 'named'>,
): string {
  const { privacy: words } = messagesFor(language);
  return lineByLine(
    words.kept(tasks, lines, retentionDays),
    pending > 0 && words.pending(pending),
    hasPreferences(preferences) && words.preferences,
    named.length > 0 && words.named(namesOf(named)),
    ...inLibraries(assets, catalogue).map(({ name, count, deletesAssets }) =>
      words.inLibrary(count, name, deletesAssets),
    ),
  ).content;
}

/** How many of a person's names are shown. */
const NAMES_SHOWN = 20;

function namesOf(named: NonNullable<PersonalData['named']>): string {
  const shown = named.slice(0, NAMES_SHOWN).map(({ asset }) => `\`${asset.name}\``);
  return [...shown, ...(named.length > NAMES_SHOWN ? ['…'] : [])].join(', ');
}

function lineByLine(...lines: readonly (string | false)[]): PlainMessage {
  return { content: lines.filter((line) => line !== false).join('\n') };
}
