import { COMPONENT } from '../component-types.ts';
import { field, isRecord, listOf, recordsOf } from '../values.ts';
import type { Member } from '../world/model.ts';
import { renderMessage } from '../world/render-message.ts';
import type { InteractionHandle, MemberActor, SendOptions } from './api.ts';
import { ClientRefusal, type ActorContext } from './context.ts';
import { checkInput, chosenOf, holdsIds, initialValue, type InputValue } from './modal-inputs.ts';
import { addResolved, resolveId, type Resolved } from './resolve-options.ts';
import { sendInteraction } from './send.ts';
import { fitsFileTypes, isMemberFile, uploadFile } from './upload.ts';

interface Submission {
  readonly context: ActorContext;
  readonly member: Member;
  readonly values: Readonly<Record<string, InputValue>>;
  readonly send: SendOptions;
  readonly resolved: Resolved;
}

async function upload(
  submission: Submission,
  input: unknown,
  files: readonly unknown[],
): Promise<string[]> {
  const { context, member, send, resolved } = submission;
  const ids: string[] = [];
  for (const file of files.filter(isMemberFile)) {
    if (send.raw !== true && !fitsFileTypes(file.filename, listOf(field(input, 'file_types')))) {
      throw new ClientRefusal(`${file.filename} is of a type that is not allowed`);
    }
    const uploaded = await uploadFile(context, member, file, send);
    addResolved(resolved, 'attachments', uploaded.id, uploaded.resolved);
    ids.push(uploaded.id);
  }
  return ids;
}

function chooseValues(submission: Submission, type: unknown, given: InputValue) {
  const chosen = chosenOf(given);
  if (holdsIds(type)) {
    const { context, member, resolved } = submission;
    const ids = chosen.filter((value) => typeof value === 'string');
    ids.forEach((id) => resolveId(context, member.guildId, id, resolved));
  }
  return chosen;
}

async function fillInput(
  submission: Submission,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { type, id, custom_id: customId } = input;
  const given = submission.values[String(customId)] ?? initialValue(input);
  if (submission.send.raw !== true) {
    checkInput(input, given);
  }
  const filled = { type, id: id ?? 1, custom_id: customId };
  switch (type) {
    case COMPONENT.textInput:
      return { ...filled, value: given };
    case COMPONENT.fileUpload:
      return { ...filled, values: await upload(submission, input, chosenOf(given)) };
    case COMPONENT.checkbox:
      return { ...filled, value: given };
    case COMPONENT.radioGroup:
      return { ...filled, value: given ?? null };
    default:
      return { ...filled, values: chooseValues(submission, type, given) };
  }
}

async function fillTopLevel(
  submission: Submission,
  topLevel: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { type, id, component } = topLevel;
  if (isRecord(component)) {
    return { type, id: id ?? 1, component: await fillInput(submission, component) };
  }
  if (type !== COMPONENT.row) {
    return { type, id: id ?? 1 };
  }
  const components: Record<string, unknown>[] = [];
  for (const child of recordsOf(topLevel['components'])) {
    components.push(await fillInput(submission, child));
  }
  return { type, id: id ?? 1, components };
}

async function submit(
  submission: Submission,
  opened: InteractionHandle,
): Promise<InteractionHandle> {
  const { context, member, send, resolved } = submission;
  const acknowledgement = opened.acknowledgement();
  if (acknowledgement?.kind !== 'modal') {
    throw new ClientRefusal('that interaction opened no modal');
  }
  const components: Record<string, unknown>[] = [];
  for (const topLevel of recordsOf(field(acknowledgement.data, 'components'))) {
    components.push(await fillTopLevel(submission, topLevel));
  }
  const { sim } = context;
  const opener = sim.interactions.get(opened.id);
  const source = sim.messages.get(opener?.sourceMessageId ?? '');
  return sendInteraction(context, {
    type: 5,
    member,
    channelId: opener?.channelId ?? '',
    send,
    triggering: opener?.metadata ?? {},
    data: {
      custom_id: field(acknowledgement.data, 'custom_id'),
      components,
      ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
    },
    ...(source === undefined
      ? {}
      : { source: { id: source.id, rendered: renderMessage(source, sim) } }),
  });
}

/** Creates the member's action that submits a modal. */
export function createModalActions(
  context: ActorContext,
  member: Member,
): Pick<MemberActor, 'modalSubmit'> {
  return {
    modalSubmit: async (opened, values = {}, send = {}) =>
      await submit({ context, member, values, send, resolved: {} }, opened),
  };
}
