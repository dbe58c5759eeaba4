import type { InteractionHandle, MemberActor } from '../../simulators/discord/actors/api.ts';
import { pickFrom } from './dice.ts';
import type { RoundContext } from './round-context.ts';
import { PROMPT } from './trouble-tables.ts';

/** How long a click is waited for: Discord waits no longer for its first answer, in milliseconds. */
const FORM_MS = 3000;

/**
 * Opens the form of a video's "Edit" button and sends it, perhaps twice, with a prompt of its own, so
 * that it counts as a command like any other. Sometimes as the outsider, who may not.
 */
export async function editVideo(
  context: RoundContext,
  { number, times }: { readonly number: number; readonly times: number },
): Promise<void> {
  const { dice, commands, members, outsiders, labelStart } = context;
  const editable = commands.filter(({ handle }) => editButtonOf(handle) !== undefined);
  const source = pickFrom(editable, dice('edited', number));
  if (source === undefined) return;
  const isOutsider = dice('as an outsider', number) < 0.3;
  const able = (isOutsider ? outsiders : members).filter(
    ({ guildId }) => guildId === source.guildId,
  );
  const member = pickFrom(able, dice('edited by', number));
  const opened = member === undefined ? undefined : await openForm(member, source.handle);
  if (member === undefined || opened === undefined) return;
  const label = `take-${labelStart}${number}-z`;
  const prompt = `${label} ${PROMPT}`;
  for (let time = 0; time < times; time += 1) {
    const handle = await member.modalSubmit(opened, { prompt }, { raw: true });
    commands.push({ ...source, label, prompt, memberId: member.id, isInvalid: false, handle });
    // The second one finds the record of the first, if that has one by then.
    await settled(handle);
  }
}

/** The form, if the bot opens it: it may be down, or refuse. */
async function openForm(
  member: MemberActor,
  source: InteractionHandle,
): Promise<InteractionHandle | undefined> {
  const message = source.message();
  const customId = editButtonOf(source);
  if (message === null || customId === undefined) return undefined;
  const click = await member.click(message, customId, { raw: true });
  await settled(click);
  return click.acknowledgement()?.kind === 'modal' ? click : undefined;
}

/** Resolves when the interaction was answered, or Discord waits no longer. */
async function settled(handle: InteractionHandle): Promise<void> {
  await Promise.race([
    handle.acknowledged.catch(() => undefined),
    new Promise((resolve) => {
      setTimeout(resolve, FORM_MS).unref();
    }),
  ]);
}

function editButtonOf(handle: InteractionHandle): string | undefined {
  const message = handle.message();
  if (message === null || message.deleted || message.ephemeral) return undefined;
  return message.buttons.find(({ customId }) => customId?.startsWith('edit:') === true)?.customId;
}
