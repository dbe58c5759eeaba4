import { endOneHold } from './end-holds.ts';
import type { ScriptStep } from './script-step.ts';
import type { RoundContext } from './round-context.ts';
import { disturbCompany } from './disturb-company.ts';
import { disturb } from './disturb.ts';
import { INVALID_VIDEO, send, burst } from './send-videos.ts';
import { click, cancel } from './click-buttons.ts';
import { cancelQueued } from './cancel-at-provider.ts';
import { forgetMember } from './forget-members.ts';
import { giveName, removeName, useName } from './naming.ts';
import { shareMedia } from './share-media.ts';
import { secondVideo } from './second-videos.ts';
import { undoSetting } from './undo-settings.ts';
import { useMenu } from './video-menus.ts';
import { copy, restore } from './copy-and-restore.ts';

/** Performs one step of the script. */
// oxlint-disable-next-line complexity -- one case per step; splitting would spread the table over two places
export async function perform(
  context: RoundContext,
  step: ScriptStep,
  index: number,
): Promise<void> {
  switch (step.kind) {
    case 'video':
      return send(context, step.number, optionsOf(step), step);
    case 'invalid-video':
      return send(context, step.number, INVALID_VIDEO);
    case 'share-media':
      return shareMedia(context, step);
    case 'name':
      return giveName(context, step);
    case 'use-name':
      return useName(context, step);
    case 'remove-name':
      return removeName(context);
    case 'forget':
      return forgetMember(context, index);
    case 'burst':
      return burst(context, step);
    case 'click':
      return click(context, step.times, index);
    case 'second':
      return secondVideo(context, step);
    case 'menu':
      return useMenu(context, step);
    case 'undo':
      return undoSetting(context, step.times, index);
    case 'cancel':
      return cancel(context, index);
    case 'cancel-queued':
      return cancelQueued(context, step);
    case 'end-hold':
      return endOneHold(context, String(index));
    case 'copy':
      return copy(context, step);
    case 'restore':
      return restore(context, step.after);
    case 'company':
      context.incidents.record(`disturbance:${step.disturbance}`);
      return disturbCompany(context, step.disturbance, index);
    case 'disturbance':
      context.incidents.record(`disturbance:${step.disturbance}`);
      return disturb(context, step.disturbance, index);
  }
}

function optionsOf({ model, seconds }: Extract<ScriptStep, { kind: 'video' }>) {
  return { model, ...(seconds === undefined ? {} : { duration: seconds }) };
}
