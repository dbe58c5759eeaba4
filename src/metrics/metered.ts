import type { AcceptVideo } from '../app/accept/video-call.ts';
import type { MessagePort, MessageResult } from '../app/ports/message-port.ts';
import type { EditPath, MetricsPort } from '../app/ports/metrics-port.ts';
import type { Clock, TaskStore } from '../app/ports/core.ts';
import type { ProviderPort } from '../app/ports/provider-port.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import type { ProviderId } from '../domain/routes/provider-traits.ts';

/*
 * Wrappers that count what passes through a port. Neither the port nor its callers know about them.
 */

/** Wraps the providers to count each answer. */
export function meterProviders(
  providers: ReadonlyMap<ProviderId, ProviderPort>,
  metrics: MetricsPort,
): ReadonlyMap<ProviderId, ProviderPort> {
  return new Map(
    [...providers].map(([id, provider]): [ProviderId, ProviderPort] => [
      id,
      {
        ...provider,
        async create(submission, signal) {
          const answer = await provider.create(submission, signal);
          metrics.createAnswered(id, answer.kind);
          return answer;
        },
        async query(providerTaskId, signal) {
          const answer = await provider.query(providerTaskId, signal);
          metrics.polled(id, answer.kind);
          return answer;
        },
      },
    ]),
  );
}

/** Wraps the message port to count each edit and post. */
export function meterMessages(messages: MessagePort, metrics: MetricsPort): MessagePort {
  const counted = async (path: EditPath, call: Promise<MessageResult>): Promise<MessageResult> => {
    const result = await call;
    metrics.edited(path, result.kind);
    return result;
  };
  return {
    ...messages,
    editByToken: async (...given) => counted('webhook', messages.editByToken(...given)),
    editInChannel: async (...given) => counted('channel', messages.editInChannel(...given)),
    post: async (...given) => counted('repost', messages.post(...given)),
  };
}

/** Wraps the decision on a `/video` to count its answers and time its public reply. */
export function meterAcceptVideo(
  acceptVideo: AcceptVideo,
  metrics: MetricsPort,
  clock: Pick<Clock, 'elapsed'>,
): AcceptVideo {
  return async (call) => {
    const acceptance = await acceptVideo({
      ...call,
      async acknowledge() {
        const answer = await call.acknowledge();
        if (answer.kind === 'acknowledged') {
          metrics.acknowledged(clock.elapsed() - (call.receivedElapsed ?? clock.elapsed()));
        }
        return answer;
      },
    });
    metrics.requested(call.route.id, acceptance.kind);
    return acceptance;
  };
}

/** Wraps the task store to count each end of a task once it is written. */
export function meterTasks(tasks: TaskStore, metrics: MetricsPort): TaskStore {
  return {
    ...tasks,
    async end(task, ...given) {
      await tasks.end(task, ...given);
      metrics.ended(task);
    },
  };
}

/** Wraps the store to time each write. `now` is a monotonic clock in milliseconds. */
export function meterRecords<Records extends RecordStore>(
  records: Records,
  metrics: MetricsPort,
  now: () => number,
): Records {
  return {
    ...records,
    async write(...given: Parameters<RecordStore['write']>) {
      const startedAt = now();
      let isDone = false;
      try {
        await records.write(...given);
        isDone = true;
      } finally {
        metrics.wrote(now() - startedAt, isDone);
      }
    },
  };
}
