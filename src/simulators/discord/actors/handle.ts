import { keepNewest } from '../keep-newest.ts';
import type { InteractionRecord } from '../world/interactions.ts';
import type { MessageView } from '../world/message-view.ts';
import { viewMessage } from '../world/view-message.ts';
import { noop } from '../deferred.ts';
import { waitUntil } from '../wait-until.ts';
import type { InteractionHandle } from './api.ts';
import type { ActorContext } from './context.ts';

const DUMPED_REQUESTS = 15;

function describeState(context: ActorContext, record: InteractionRecord, label: string): string {
  const message = context.sim.messages.get(record.originalMessageId ?? '');
  const versions = (message?.history ?? []).map(
    (version) =>
      `  ${version.via}: ${viewMessage(message ?? unreachable(), context.sim.cdn, version).text}`,
  );
  const requests = context.requests
    .slice(-DUMPED_REQUESTS)
    .map(({ method, path, status, code }) => `  ${method} ${path} ${status} ${code ?? ''}`);
  const answer = record.acknowledgement?.kind ?? 'not acknowledged';
  return [`${label} (${answer})`, 'versions:', ...versions, 'requests:', ...requests].join('\n');
}

function unreachable(): never {
  throw new Error('unreachable');
}

function createViews(context: ActorContext, record: InteractionRecord) {
  const { messages, cdn } = context.sim;
  const view = (id: string | undefined): MessageView | null => {
    const message = messages.get(id ?? '');
    return message === undefined ? null : viewMessage(message, cdn);
  };
  return {
    message: () => view(record.originalMessageId),
    followUps: () => record.followUpIds.map(view).filter((found) => found !== null),
    versions: () => {
      const message = messages.get(record.originalMessageId ?? '');
      return message === undefined
        ? []
        : message.history.map((version) => viewMessage(message, cdn, version));
    },
  };
}

/** Delivers the interaction and returns its sender's handle. */
export function createHandle(context: ActorContext, record: InteractionRecord): InteractionHandle {
  const { sim, gateway, endpoint, backstopMs } = context;
  const { id, token, userId, payload } = record;
  const views = createViews(context, record);
  const acknowledged = waitUntil({
    subscribe: (check) => sim.events.on('interaction-answered', check),
    probe: () => record.acknowledgement,
    describe: () => describeState(context, record, `interaction ${id} is acknowledged`),
    backstopMs,
  });
  // Tests that await it get the rejection; in others it must not end the process.
  acknowledged.catch(noop);
  const deliver = (): number =>
    endpoint.deliver(record) ? 1 : gateway.dispatch('INTERACTION_CREATE', payload, record.guildId);

  const handle: InteractionHandle = {
    id,
    token,
    userId,
    payload,
    deliveredTo: deliver(),
    acknowledged,
    acknowledgement: () => record.acknowledgement ?? null,
    ...views,
    async waitFor(predicate, options = {}) {
      return await waitUntil({
        subscribe: (check) => {
          const names = [
            'message-created',
            'message-edited',
            'message-deleted',
            'interaction-answered',
          ] as const;
          const stops = names.map((name) => sim.events.on(name, check));
          return () => stops.forEach((stop) => stop());
        },
        probe: () => {
          const message = views.message();
          return message !== null && predicate(message) ? message : undefined;
        },
        describe: () =>
          describeState(context, record, options.label ?? 'the message satisfies the predicate'),
        backstopMs: options.backstopMs ?? backstopMs,
      });
    },
    deliverAgain: deliver,
  };
  context.handles.push(handle);
  keepNewest(context.handles, sim.keep.items);
  sim.events.emit('interaction-sent', handle);
  return handle;
}
