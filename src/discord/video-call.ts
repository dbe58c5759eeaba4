import type { VideoCall } from '../app/accept/video-call.ts';
import type { CommandServices } from './command.ts';
import type { Served } from './served.ts';
import type { Place } from './interaction.ts';

/** The fields of a video call that come from the interaction. */
export function videoCall(
  call: Place & Served,
  { replies }: Pick<CommandServices, 'replies'>,
): Omit<VideoCall, 'route' | 'request'> {
  return {
    interactionId: call.id,
    interactionToken: call.token,
    applicationId: call.applicationId,
    receivedAt: call.receivedAt,
    ...(call.receivedElapsed === undefined ? {} : { receivedElapsed: call.receivedElapsed }),
    guildId: call.guildId,
    channelId: call.channelId,
    threadOf: call.threadOf,
    memberId: call.member.user.id,
    roleIds: call.member.roles,
    language: call.language,
    attachmentLimitBytes: call.attachmentLimitBytes,
    acknowledge: async () => replies.deferPublicly(call),
  };
}
