import type { Clock } from '../ports/core.ts';
import type { VideoCall } from './video-call.ts';

/** After this the caller is told that the bot is busy: Discord waits 3 s for the first answer. */
const DECISION_LIMIT_MS = 2000;

/** What was decided, or `late` where it takes too long after the call's arrival. */
export async function withinLimit<T>(
  clock: Clock,
  { receivedElapsed }: Pick<VideoCall, 'receivedElapsed'>,
  deciding: Promise<T>,
): Promise<T | 'late'> {
  let cancel: (() => void) | undefined;
  const late = new Promise<'late'>((resolve) => {
    const elapsed = clock.elapsed();
    const left = (receivedElapsed ?? elapsed) + DECISION_LIMIT_MS - elapsed;
    cancel = clock.after(left, () => {
      resolve('late');
    });
  });
  try {
    return await Promise.race([deciding, late]);
  } finally {
    cancel?.();
  }
}
