import { startLatePolls } from '../app/late-polls.ts';
import type { LatePollsDeps } from '../app/late-polls.ts';
import type { Loop } from '../app/loop.ts';
import { startLostCreates } from '../app/lost-creates.ts';
import type { LostCreatesDeps } from '../app/lost-creates.ts';

/** Starts asking providers about held tasks: those that timed out, and creates without an answer. */
export function startAskingOfHolds(deps: LatePollsDeps & LostCreatesDeps): Loop {
  const loops = [startLatePolls(deps), startLostCreates(deps)];
  return {
    async stop() {
      await Promise.all(loops.map(async (loop) => loop.stop()));
    },
  };
}
