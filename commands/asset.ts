import type { Naming } from '../src/app/ports/named-assets-port.ts';
import { ASSET_NAME } from '../src/domain/library/prompt-names.ts';
import { MAX_NAMED } from '../src/domain/library/named-asset.ts';
import { mimeTypeOf } from '../src/domain/routes/mime-type.ts';
import { ASSET_KINDS, assetDefinition } from '../src/discord/assets/definition.ts';
import { assetListText, assetText, providerOfLibrary } from '../src/discord/assets/assets-text.ts';
import { suggestAssets } from '../src/discord/assets/suggest-assets.ts';
import { unfitText } from '../src/discord/assets/unfit-text.ts';
import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { choiceOption } from '../src/discord/options/option-value.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { denialText } from '../src/discord/render/denial-text.ts';
import { reasonText } from '../src/discord/render/issue-reason-text.ts';
import type { PlainMessage } from '../src/discord/replies.ts';
import { toAttachment } from '../src/discord/to-attachment.ts';

/** `/asset`: pictures, clips and sounds of a server, which prompts use by name. */
export const asset: Command = {
  name: 'asset',
  define: assetDefinition,
  suggest: suggestAssets,
  async run(call, services) {
    await services.replies.privately(call, await answer(call, services));
  },
};

type AssetServices = Pick<CommandServices, 'namedAssets' | 'guilds' | 'catalogue' | 'priceList'>;

async function answer(call: CommandCall, services: AssetServices): Promise<string | PlainMessage> {
  const messages = messagesFor(call.language);
  const { namedAssets: words, answers } = messages;
  if (!(await mayName(call, services))) return words.needsAdmin;
  if (call.subcommand === 'list') {
    return assetListText(await services.namedAssets.list(call.guildId), { ...services, messages });
  }
  const name = call.options.get('name');
  if (typeof name !== 'string' || !ASSET_NAME.test(name)) return words.badName;
  switch (call.subcommand) {
    case 'add':
      return add(call, services, name, messages);
    case 'show': {
      const views = await services.namedAssets.list(call.guildId);
      const view = views.find(({ asset: one }) => one.name === name);
      return view === undefined ? words.unknown(name) : assetText(view, { ...services, messages });
    }
    case 'remove': {
      const wasThere = await services.namedAssets.remove(call.guildId, name);
      return wasThere ? words.removed(name) : words.unknown(name);
    }
    case undefined:
    default:
      return answers.notUnderstood;
  }
}

/** Admins, or everyone where the settings say so. */
async function mayName(
  call: CommandCall,
  { guilds }: Pick<AssetServices, 'guilds'>,
): Promise<boolean> {
  return mayManageGuild(call) || (await guilds.get(call.guildId)).assets === 'everyone';
}

async function add(
  call: CommandCall,
  services: AssetServices,
  name: string,
  messages: Messages,
): Promise<string> {
  const { namedAssets: words, units } = messages;
  const naming = readNaming(call, name, messages);
  if (typeof naming === 'string') return naming;
  const given = await services.namedAssets.add(naming);
  switch (given.kind) {
    case 'added': {
      const { catalogue } = services;
      const providers = given.libraries.map((library) => providerOfLibrary(catalogue, library));
      const added = words.added(name, units.and(providers));
      if (given.unfit.length === 0) return added;
      return `${added}\n${words.unfitSome(unfitText(given.unfit, { catalogue, messages }))}`;
    }
    case 'unfit':
      return words.unfitAll(unfitText(given.unfit, { ...services, messages }));
    case 'taken':
      return words.taken(name);
    case 'full':
      return words.full(MAX_NAMED);
    case 'no-library':
      return words.noLibrary;
    case 'no-persons':
      return words.noPersons;
    case 'denied':
      return given.denial.kind === 'word'
        ? words.wordInName
        : denialText(given.denial, messages, services);
  }
}

/** Everything in it is from outside; a text says what is wrong. */
function readNaming(call: CommandCall, name: string, messages: Messages): Naming | string {
  const { namedAssets: words, answers } = messages;
  const kind = choiceOption(call.options.get('kind'), ASSET_KINDS);
  const person = call.options.get('person') ?? false;
  const received = call.attachments.get(String(call.options.get('file')));
  if (kind === undefined || typeof person !== 'boolean' || received === undefined) {
    return answers.notUnderstood;
  }
  const file = toAttachment(received);
  const type = mimeTypeOf(file);
  if (type?.startsWith(`${kind}/`) !== true) {
    const issue = { kind: 'media-type', media: kind, ...(type && { given: type }) } as const;
    return words.wrongKind(reasonText(issue, messages));
  }
  if (person && kind !== 'image') return words.personIsPicture;
  const { id: memberId } = call.member.user;
  return {
    guildId: call.guildId,
    memberId,
    roleIds: call.member.roles,
    name,
    kind,
    way: person ? 'person' : 'file',
    file,
  };
}
