import type { GuildSettings } from '../../domain/guild-settings.ts';
import { plannedRoute } from '../../domain/auto/next-route.ts';
import { planOf } from '../../domain/tasks/plan.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Admitted } from '../admission.ts';
import type { VideoCall } from './video-call.ts';

/** Makes the task of an admitted call, with its cost reserved, before the acknowledgement. */
export function newTask(
  id: TaskId,
  call: VideoCall,
  admitted: Admitted,
  settings: GuildSettings,
): Task {
  const { route, request, interactionId } = call;
  return {
    id,
    interactionId,
    guildId: call.guildId,
    memberId: call.memberId,
    language: settings.language ?? call.language,
    acceptedAt: call.receivedAt,
    plan: planOf(plannedRoute({ route, request, quote: admitted.quote }), call.auto),
    attempts: [],
    ...leftOutOf(call),
    ...(call.origin === undefined ? {} : { origin: call.origin }),
    attachmentLimitBytes: call.attachmentLimitBytes,
    address: {
      applicationId: call.applicationId,
      channelId: call.channelId,
      tokenSince: call.receivedAt,
      deliveryPath: 'webhook',
    },
    stage: { name: 'acknowledging' },
    money: { state: 'reserved', amounts: admitted.need },
    windows: admitted.windows,
    journalMonth: admitted.journalMonth,
    secrets: { request, interactionToken: call.interactionToken },
  };
}

function leftOutOf({ leftOut }: VideoCall): Pick<Task, 'leftOut'> {
  return leftOut === undefined || leftOut.length === 0 ? {} : { leftOut };
}
