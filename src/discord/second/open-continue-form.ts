import { beginLastFrame } from '../../app/second/find-last-frame.ts';
import type { ClipOnMessage } from '../../app/ports/last-frames-port.ts';
import type { CommandServices } from '../command.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Served } from '../served.ts';
import { takesFirstFrame } from './button-facts.ts';
import { continueForm } from './continue-form.ts';
import { isEditable } from './form-fields.ts';
import { routesHere } from './routes-here.ts';
import type { ClickedTask } from './source-of-click.ts';

/** What the form goes on from, and its custom id. */
interface ContinueForm {
  readonly clip: ClipOnMessage | undefined;
  readonly customId: string;
}

/**
 * Opens the form to go on from a clip, or says why there is none. A frame that is not kept begins to
 * be taken, while the member types.
 */
export async function openContinueForm(
  call: Place & Served,
  services: Pick<CommandServices, 'replies' | 'routesOn' | 'guilds' | 'lastFrames' | 'findClip'>,
  source: ClickedTask,
  { clip, customId }: ContinueForm,
): Promise<void> {
  const { replies } = services;
  const routes = await routesHere(call, services);
  const messages = messagesFor(call.language);
  const { refused } = messages.second;
  if (!isEditable(source.request)) return replies.privately(call, refused.tooLongToEdit);
  if (!routes.some(takesFirstFrame)) return replies.privately(call, refused.noLonger);
  if (!(await beginLastFrame(services, source.task, clip))) {
    return replies.privately(call, messages.continuing.noFrame);
  }
  await replies.openModal(call, continueForm(source, { customId, routes }, messages));
}
