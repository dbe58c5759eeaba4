import type { SubmittedMedia } from '../../../src/domain/routes/submission.ts';
import { TASK_ID } from '../../fakes/a-task.ts';
import type { Scene } from './scene.ts';

/** Bytes that a careless form would change. */
export const PICTURE = Buffer.from([0, 255, 13, 10, 45, 45, 128, 1]);

export interface CopyOptions {
  readonly mimeType?: string;
  /** The address that it had; by default none. */
  readonly url?: string;
}

async function* parts(): AsyncGenerator<Buffer> {
  yield PICTURE;
}

/** A reference picture of which the bot has a copy of its own. */
export async function keptPicture(
  { media }: Scene,
  { mimeType = 'image/png', url = '' }: CopyOptions = {},
): Promise<SubmittedMedia> {
  const about = {
    taskId: TASK_ID,
    option: 'image1',
    filename: 'me at the beach.png',
    mimeType,
  } as const;
  const kept = await media.keep(about, parts());
  if (kept === undefined) throw new Error('it was not kept');
  const { taskId, option, sha256, bytes } = kept;
  return { role: 'reference_image', url, copy: { taskId, option, sha256, bytes, mimeType } };
}
