import type { TaskView } from './dialect.ts';
import type { ProviderKnobs } from './knob.ts';
import type { IncomingRequest, ProviderState } from './provider-state.ts';
import { RESULTS_PATH } from './provider-state.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { stageOf } from './run-task.ts';
import type { SimulatedTask } from './simulated-task.ts';

/** A task as a request sees it now; `chooseUrl` may replace the address of its result. */
export async function viewTask(
  state: ProviderState,
  { baseUrl }: Pick<IncomingRequest, 'baseUrl'>,
  task: SimulatedTask,
  chooseResult: (url: string) => string | undefined = (url) => url,
): Promise<TaskView> {
  const { knobs } = state;
  if (state.waitForFile && state.now() - task.createdMs >= knobs.taskMs) await task.drawn;
  const nowMs = state.now();
  expire(task, nowMs, knobs);
  const { stage, percent } = stageOf(task, nowMs - task.createdMs, knobs.taskMs);
  const ownUrl = `${baseUrl}${RESULTS_PATH}${encodeURIComponent(task.id)}.mp4`;
  const isFinished = stage === 'finished';
  const resultUrl = isFinished ? chooseResult(ownUrl) : undefined;
  const lastFrame =
    isFinished && task.lastFrame !== undefined
      ? { lastFrameUrl: ownUrl.replace(/\.mp4$/, '.png') }
      : {};
  return { task, stage, percent, resultUrl, ...lastFrame, nowMs };
}

/** Ends a task whose own time is over. */
function expire(task: SimulatedTask, nowMs: number, { taskMs }: ProviderKnobs): void {
  const { expiresAfterMs = Infinity } = task.clip;
  const elapsedMs = nowMs - task.createdMs;
  if (elapsedMs < expiresAfterMs || taskMs <= expiresAfterMs) return;
  if (task.failure === undefined) task.ending ??= 'expired';
}

/** The address of a result as the knob says: its own, another one or none. */
export function chooseUrl(
  knobs: ProviderKnobs,
  recorded: RecordedRequest,
  ownUrl: string,
): string | undefined {
  const choice = knobs.resultUrl.consume(recorded);
  if (choice.kind === 'custom') return choice.url;
  return choice.kind === 'normal' ? ownUrl : undefined;
}
