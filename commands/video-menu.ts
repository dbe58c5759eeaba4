import type { MessagePlace, Removal } from '../src/app/ports/bot-messages-port.ts';
import { findTask, mayReuse } from '../src/app/second/source-task.ts';
import { promptOf } from '../src/domain/tasks/task-request.ts';
import { isSnowflake } from '../src/domain/tasks/snowflake.ts';
import type { Task } from '../src/domain/tasks/task.ts';
import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageMessages } from '../src/discord/permissions.ts';
import { actionButton } from '../src/discord/render/buttons.ts';
import { escapeUserText } from '../src/discord/render/escape-user-text.ts';
import { MENU_ACTION } from '../src/discord/render/task-buttons.ts';
import type { PrivateMessage } from '../src/discord/replies.ts';
import { inPlaceOfPrivate } from '../src/discord/replies-in-place.ts';
import { textFile } from '../src/discord/second/read-or-answered.ts';
import { offerButton } from '../src/discord/second/way-choice.ts';

/** Longer prompts come as a file. */
const SHOWN_PROMPT_MAX = 1500;

const isCaller = (call: ComponentCall, task: Task): boolean =>
  call.member.user.id === task.memberId;
const mayDelete = (call: ComponentCall, task: Task): boolean =>
  isCaller(call, task) || (mayManageMessages(call) && call.channelId === task.address.channelId);

/** The task of the menu's custom id; `undefined` if it is gone. */
async function taskOf(
  call: ComponentCall,
  services: CommandServices,
  taskId: string,
): Promise<Task | undefined> {
  return findTask(services, call, taskId);
}

/** The button ⋯: what the member can do with the video, to them alone. */
const menu: ComponentHandler = {
  action: MENU_ACTION,
  async run(call, taskId, services) {
    const { second, answers } = messagesFor(call.language);
    const [task, access] = await Promise.all([
      taskOf(call, services, taskId),
      services.commandAccess.check(call, 'video'),
    ]);
    if (task === undefined) return offerRemoval(call, services);
    // Members who may not use /video here can still delete what is theirs.
    const isOpen = access === 'allowed';
    if (!isOpen && !mayDelete(call, task)) {
      return services.replies.privately(
        call,
        access === 'denied' ? answers.restricted : answers.busy,
      );
    }
    const own = isOpen && isCaller(call, task);
    const buttons = [
      ...(isOpen ? [offerButton('prompt', taskId, second.menu.prompt)] : []),
      ...(own ? [offerButton('pictures', taskId, second.menu.pictures)] : []),
      ...(own ? [offerButton('share', taskId, second.menu.share)] : []),
      ...(isOpen ? [offerButton('report', taskId, second.menu.report)] : []),
      ...(mayDelete(call, task) ? [offerButton('delete', taskId, second.menu.delete)] : []),
    ];
    await services.replies.privately(call, { content: second.menu.intro, rows: [buttons] });
  },
};

/** The record is gone: the message can still be deleted, by its caller and by moderators. */
async function offerRemoval(call: ComponentCall, { replies }: CommandServices): Promise<void> {
  const { second } = messagesFor(call.language);
  const { message } = call;
  const isOwn = message?.callerId === call.member.user.id;
  if (message === undefined || !(isOwn || mayManageMessages(call))) {
    return replies.privately(call, second.refused.gone);
  }
  await replies.privately(call, {
    content: second.menu.goneIntro,
    rows: [[actionButton(['remove', message.id], second.menu.delete, 'Danger')]],
  });
}

const showPrompt: ComponentHandler = {
  action: 'prompt',
  asCommand: 'video',
  async run(call, taskId, services) {
    const { second } = messagesFor(call.language);
    const task = await taskOf(call, services, taskId);
    const clicker = { guildId: call.guildId, memberId: call.member.user.id };
    const answer = async (): Promise<string | PrivateMessage> => {
      if (task === undefined) return second.refused.gone;
      if (!(await mayReuse(services, clicker, task))) return second.refused.callerOnly;
      return promptMessage(promptOf(task), second);
    };
    await services.replies.privately(call, await answer());
  },
};

function promptMessage(
  prompt: string | undefined,
  { refused, menu: words }: ReturnType<typeof messagesFor>['second'],
): string | PrivateMessage {
  if (prompt === undefined) return refused.gone;
  if (prompt.length > SHOWN_PROMPT_MAX) {
    return { content: words.promptInFile, files: [textFile('prompt.txt', prompt)] };
  }
  // Escaping may lengthen it, but never to more than a message takes.
  const shown = escapeUserText(prompt, SHOWN_PROMPT_MAX);
  const content = `${words.promptIs}\n> ${shown}`;
  return content.length <= 2000
    ? content
    : { content: words.promptInFile, files: [textFile('prompt.txt', prompt)] };
}

const share: ComponentHandler = {
  action: 'share',
  asCommand: 'video',
  async run(call, taskId, services) {
    const { second } = messagesFor(call.language);
    const task = await taskOf(call, services, taskId);
    if (task === undefined) return services.replies.privately(call, second.refused.gone);
    if (!isCaller(call, task)) return services.replies.privately(call, second.menu.ownOnly);
    await services.replies.deferPrivately(call);
    const shared = await services.videoActions.share(task);
    const content = {
      shared: second.menu.shared,
      'in-gallery': second.menu.inGallery,
      'gallery-later': second.menu.galleryLater,
      'gallery-unreachable': second.menu.galleryFailed,
      'gallery-unknown': second.menu.galleryUnknown,
    }[shared];
    await services.replies.finish(call, { content });
  },
};

const report: ComponentHandler = {
  action: 'report',
  asCommand: 'video',
  async run(call, taskId, services) {
    const { second } = messagesFor(call.language);
    const task = await taskOf(call, services, taskId);
    if (task === undefined) return services.replies.privately(call, second.refused.gone);
    await services.replies.deferPrivately(call);
    const reported = await services.videoActions.report(task, call.member.user.id);
    const content = {
      reported: second.menu.reported,
      known: second.menu.reportedBefore,
      'too-many': second.menu.tooManyReports,
      'no-message': second.menu.noMessage,
    }[reported];
    await services.replies.finish(call, { content });
  },
};

/** Asks once. */
const askToDelete: ComponentHandler = {
  action: 'delete',
  async run(call, taskId, services) {
    const { second } = messagesFor(call.language);
    const task = await taskOf(call, services, taskId);
    if (task === undefined) return services.replies.privately(call, second.refused.gone);
    if (!mayDelete(call, task)) return services.replies.privately(call, second.menu.mayNotDelete);
    if (task.stage.name !== 'ended') return services.replies.privately(call, second.menu.notEnded);
    await services.replies.privately(call, {
      content: second.menu.deleteFirst,
      rows: [[actionButton(['delete-yes', taskId], second.menu.deleteYes, 'Danger')]],
    });
  },
};

/** Answers in place of the question, so that its button is gone. */
const deleteVideo: ComponentHandler = {
  action: 'delete-yes',
  async run(call, taskId, services) {
    const { second } = messagesFor(call.language);
    const replies = inPlaceOfPrivate(call.message, services.replies);
    const task = await taskOf(call, services, taskId);
    if (task === undefined) return replies.privately(call, second.menu.deletedBefore);
    if (!mayDelete(call, task)) return replies.privately(call, second.menu.mayNotDelete);
    await replies.deferPrivately(call);
    const erased = await services.videoActions.erase(task);
    const content = {
      erased: second.menu.deleted,
      'not-ended': second.menu.notEnded,
      'message-stays': second.menu.messageStays,
    }[erased];
    await replies.finish(call, { content });
  },
};

/**
 * Deletes a message whose record is gone, for whom Discord names as its caller, and moderators. The
 * answer stands in place of the question.
 */
const removeMessage: ComponentHandler = {
  action: 'remove',
  async run(call, messageId, services) {
    const { second } = messagesFor(call.language);
    const replies = inPlaceOfPrivate(call.message, services.replies);
    const place = { channelId: call.channelId, messageId };
    if (!isSnowflake(messageId)) return replies.privately(call, second.menu.noMessage);
    await replies.deferPrivately(call);
    const content = {
      removed: second.menu.deleted,
      gone: second.menu.deleted,
      failed: second.menu.messageStays,
      'not-found': second.menu.noMessage,
      'not-allowed': second.menu.mayNotDelete,
    }[await removalOf(call, services, place)];
    await replies.finish(call, { content });
  },
};

async function removalOf(
  call: ComponentCall,
  { botMessages }: Pick<CommandServices, 'botMessages'>,
  place: MessagePlace,
): Promise<Removal | 'not-found' | 'not-allowed'> {
  const callerId = await botMessages.callerOf(place, call.applicationId);
  if (callerId === undefined) return 'not-found';
  const isAllowed = callerId === call.member.user.id || mayManageMessages(call);
  return isAllowed ? botMessages.remove(place) : 'not-allowed';
}

/** Everything behind ⋯ but "Pictures…", which makes a video. */
export const videoMenu: readonly ComponentHandler[] = [
  menu,
  showPrompt,
  share,
  report,
  askToDelete,
  deleteVideo,
  removeMessage,
];
