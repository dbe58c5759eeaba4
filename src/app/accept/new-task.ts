import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import { effectiveRatio, effectiveResolution } from '../../domain/routes/submission.ts';
import { planOf } from '../../domain/tasks/plan.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Admitted } from '../admission.ts';
import type { VideoCall } from './video-call.ts';

/** Makes the task of an admitted call, with its cost reserved, before the acknowledgement. */
export function newTask(
  id: TaskId,
  call: VideoCall,
  submission: Submission,
  admitted: Admitted,
  settings: GuildSettings,
): Task {
  const { route, request, interactionId } = call;
  const ratio = effectiveRatio(route, submission.ratio);
  return {
    id,
    interactionId,
    guildId: call.guildId,
    memberId: call.memberId,
    language: settings.language ?? call.language,
    acceptedAt: call.receivedAt,
    plan: planOf({
      route: route.id,
      durationSeconds: submission.durationSeconds,
      resolution: effectiveResolution(route, submission.resolution),
      ...(ratio === undefined ? {} : { ratio }),
      quote: admitted.quote,
    }),
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
