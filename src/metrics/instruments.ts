import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/**
 * Upper bounds in seconds. A video takes minutes, a reply is due within 3 s, a commit takes
 * milliseconds.
 */
const BUCKETS = {
  task: [15, 30, 60, 90, 120, 180, 300, 450, 600, 900, 1800, 3600, 7200],
  acknowledgement: [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 5],
  storeWrite: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
};

/**
 * Creates the counters and histograms. Label values come from the catalogue and from unions, never
 * from ids.
 */
export function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'clapper_video_requests_total',
      help: 'Calls of /video and confirmed prices, by route and answer',
      labelNames: ['route', 'answer'],
      registers,
    }),
    tasks: new Counter({
      name: 'clapper_tasks_total',
      help: 'Ended tasks by route and outcome; a task that is polled again after its end counts again',
      labelNames: ['route', 'outcome'],
      registers,
    }),
    taskSeconds: new Histogram({
      name: 'clapper_task_duration_seconds',
      help: 'Time from the acceptance of a task to its delivery, by route',
      labelNames: ['route'],
      buckets: BUCKETS.task,
      registers,
    }),
    creates: new Counter({
      name: 'clapper_creates_total',
      help: 'Requests that create a task, by provider and meaning of the answer',
      labelNames: ['provider', 'answer'],
      registers,
    }),
    polls: new Counter({
      name: 'clapper_polls_total',
      help: 'Polls of a task, by provider and meaning of the answer',
      labelNames: ['provider', 'answer'],
      registers,
    }),
    edits: new Counter({
      name: 'clapper_message_edits_total',
      help: 'Edits and posts of task messages, by delivery path and result',
      labelNames: ['way', 'result'],
      registers,
    }),
    acknowledgementSeconds: new Histogram({
      name: 'clapper_acknowledgement_seconds',
      help: 'Time from the arrival of a /video to its public reply; Discord wants it within 3 s',
      buckets: BUCKETS.acknowledgement,
      registers,
    }),
    storeWriteSeconds: new Histogram({
      name: 'clapper_store_write_seconds',
      help: 'Time of a durable write to the store, including the wait for the previous commit',
      buckets: BUCKETS.storeWrite,
      registers,
    }),
    storeFailures: new Counter({
      name: 'clapper_store_write_failures_total',
      help: 'Writes that the store failed to commit',
      registers,
    }),
  };
}
