import { createHoldActions } from '../../src/app/hold-actions.ts';
import { takeLateAnswer } from '../../src/app/late-answers.ts';
import type { LateAnswer } from '../../src/app/ports/late-answers-port.ts';
import type { EditedTask } from '../../src/app/ports/late-edits-port.ts';
import type { OwnershipChanges } from '../../src/app/ports/ownership-port.ts';
import { createOwnedSlots } from '../../src/app/slots/owned-slots.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { TASK_ID } from '../fakes/a-task.ts';
import { processIn } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';

const NO_NOTICES = { heldAgain: async () => undefined };

/** A process with its worker, as the bot puts them together. */
export function memberOf(
  world: WorkerWorld,
  late: LateAnswer[],
  guard?: Guard,
  edited: EditedTask[] = [],
) {
  const { ownership, changing } = createOwnedSlots({ isValidFor: () => true }, world.log);
  const lateAnswers = {
    async keep(answer: LateAnswer) {
      late.push(answer);
    },
  };
  const lateEdits = { report: (task: EditedTask) => void edited.push(task) };
  const sharing = { ownership, lateAnswers, lateEdits };
  const { deps, progress, polls, sends } = processIn(world, guard, sharing);
  const worker = createWorker(deps);
  const { store, clock, log } = deps;
  const holds = createHoldActions({
    store,
    ownership,
    clock,
    log,
    currency: undefined,
    handOver: (task) => {
      worker.add(task);
    },
    betweenSteps: worker.betweenSteps,
  });
  const changes = changing({
    async resume(slots) {
      await worker.resume(slots);
    },
    endSteps: async (slots) => worker.letGo(slots, 'handed-over'),
    letGo: async (slots, how) => worker.letGo(slots, how),
    lose(slots) {
      store.drop(slots);
    },
    takeLateAnswer: async (answer) =>
      takeLateAnswer({ store, holds, ownership, notices: NO_NOTICES }, answer),
  });
  return {
    changes,
    showAgain: worker.showAgain,
    end() {
      polls.abort();
      sends.abort();
      progress.stop();
    },
  };
}

/** The worker insists on some writes by real time. */
async function realPause(): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 5);
  });
}

/** Lets time pass until the task has ended, and hands over late answers meanwhile. */
export async function pass(world: WorkerWorld, late: LateAnswer[], changes: OwnershipChanges) {
  for (let idle = 0; idle < 40;) {
    const isGoingOn = await world.clock.advanceToNextTimer();
    for (const answer of late.splice(0)) {
      if (!(await changes.onLateAnswer(answer))) late.push(answer);
    }
    const hasEnded = world.tasks.byId.get(TASK_ID)?.stage.name === 'ended';
    if (!isGoingOn && hasEnded && late.length === 0) return;
    if (isGoingOn) continue;
    idle += 1;
    await realPause();
  }
}
