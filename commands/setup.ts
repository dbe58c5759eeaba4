import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from '../src/discord/discord-js.ts';
import type {
  Command,
  ComponentHandler,
  ModalCall,
  ModalHandler,
  CommandServices,
} from '../src/discord/command.ts';
import { described } from '../src/discord/localized.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { choiceOption } from '../src/discord/options/option-value.ts';
import { keepProposal } from '../src/discord/options/proposal.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { readSetup } from '../src/discord/setup/read-setup.ts';
import { SETUP_ACTION, setupForm, templateChoice } from '../src/discord/setup/setup-form.ts';
import { setupMeans } from '../src/discord/setup/setup-means.ts';
import { offeredTemplates } from '../src/discord/setup/templates.ts';

/** `/setup`: limits from a template, in a form, set after a confirming click. */
export const setup: Command = {
  name: 'setup',
  define: () => ({
    name: 'setup',
    ...described((messages) => messages.setup.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    // Controls who sees the command. An outdated client may still call it, so the handler checks
    // again.
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
  }),
  async run(call, { replies, priceList }) {
    const messages = messagesFor(call.language);
    const { needsManageServer } = messages.settingsCommand;
    if (!mayManageGuild(call)) return replies.privately(call, needsManageServer);
    await replies.privately(call, templateChoice(priceList?.currency, messages));
  },
};

/** The menu of templates: opens the form of the chosen one. */
export const chooseTemplate: ComponentHandler = {
  action: SETUP_ACTION,
  async run(call, _id, { replies, priceList }) {
    const messages = messagesFor(call.language);
    const { needsManageServer } = messages.settingsCommand;
    if (!mayManageGuild(call)) return replies.privately(call, needsManageServer);
    const template = choiceOption(call.values[0], offeredTemplates(priceList !== undefined));
    if (template === undefined) return replies.privately(call, messages.answers.notUnderstood);
    await replies.openModal(call, setupForm(template, priceList?.currency, messages));
  },
};

/** The form, sent: says what it means, and keeps it until it is confirmed. */
export const proposeSetup: ModalHandler = { action: SETUP_ACTION, run: propose };

async function propose(
  call: ModalCall,
  id: string,
  { replies, priceList, guilds }: Pick<CommandServices, 'replies' | 'priceList' | 'guilds'>,
): Promise<void> {
  const messages = messagesFor(call.language);
  const { needsManageServer } = messages.settingsCommand;
  if (!mayManageGuild(call)) return replies.privately(call, needsManageServer);
  const template = choiceOption(id, offeredTemplates(priceList !== undefined));
  if (template === undefined) return replies.privately(call, messages.answers.notUnderstood);
  const wording = { messages, currency: priceList?.currency };
  const proposed = readSetup(call, template, wording);
  if ('complaint' in proposed) return replies.privately(call, proposed.complaint);
  const { guildId, id: callId, member } = call;
  await keepProposal({ guilds, guildId, callId, by: member.user.id }, proposed);
  await replies.update(call, setupMeans(proposed, callId, wording));
}
