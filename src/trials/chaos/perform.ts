import { endOneHold } from './end-holds.ts';
import type { ScriptStep } from './script-step.ts';
import type { RoundContext } from './round-context.ts';
import { disturb } from './disturb.ts';
import { send, burst } from './send-videos.ts';
import { click, cancel } from './click-buttons.ts';
import { editVideo } from './edit-videos.ts';
import { copy, restore } from './copy-and-restore.ts';

/** The first bytes of a PNG are enough: nothing here decodes it. */
const PICTURE = {
  filename: 'frame.png',
  contentType: 'image/png',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  width: 640,
  height: 640,
};

/** Performs one step of the script. */
export async function perform(
  context: RoundContext,
  step: ScriptStep,
  index: number,
): Promise<void> {
  switch (step.kind) {
    case 'video':
      return send(context, step.number, {
        model: step.model,
        ...(step.hasPicture ? { first_frame: PICTURE } : {}),
      });
    case 'invalid-video':
      // The route has a fixed 720p and no option for sound.
      return send(context, step.number, {
        model: 'jimmy/seedance2.0-fast-i2v',
        resolution: '4k',
        sound: true,
      });
    case 'burst':
      return burst(context, step);
    case 'click':
      return click(context, step.times, index);
    case 'edit':
      return editVideo(context, step);
    case 'cancel':
      return cancel(context, index);
    case 'end-hold':
      return endOneHold(context, String(index));
    case 'copy':
      return copy(context, step);
    case 'restore':
      return restore(context, step.after);
    case 'disturbance':
      context.incidents.record(`disturbance:${step.disturbance}`);
      return disturb(context, step.disturbance, index);
  }
}
