import { keepNewest } from '../keep-newest.ts';
import type { InteractionRecord } from '../world/interactions.ts';
import type { MessageView } from '../world/message-view.ts';
import { viewMessage } from '../world/view-message.ts';
import { nothing } from '../deferred.ts';
import { waitUntil } from '../wait-until.ts';
import type { InteractionHandle } from './api.ts';
import type { ActorContext } from './context.ts';

const DUMPED_REQUESTS = 15;

function dump(context: ActorContext, record: InteractionRecord, label: string): string {
  const message = context.sim.messages.get(record.originalMessageId ?? '');
  const versions = (message?.history ?? []).map(
    (version) =>
      `  ${version.via}: ${viewMessage(message ?? never(), context.sim.cdn, version).text}`,
  );
  const requests = context.requests
    .slice(-DUMPED_REQUESTS)
    .map(({ method, path, status, code }) => `  ${method} ${path} ${status} ${code ?? ''}`);
  const answer = record.acknowledgement?.kind ?? 'not acknowledged';
  return [`${label} (${answer})`, 'versions:', ...versions, 'requests:', ...requests].join('\n');
}

function never(): never {
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

/** The sender's handle; delivers the interaction at once. */
export function createHandle(context: ActorContext, record: InteractionRecord): InteractionHandle {
  const { sim, gateway, backstopMs } = context;
  const { id, token, userId, payload } = record;
  const views = createViews(context, record);
  const acknowledged = waitUntil({
    subscribe: (check) => sim.events.on('interaction-answered', check),
    probe: () => record.acknowledgement,
    describe: () => dump(context, record, `interaction ${id} is acknowledged`),
    backstopMs,
  });
  // Whoever awaits it sees the failure; a test that does not care is not ended by it.
  acknowledged.catch(nothing);
  const deliver = (): number => gateway.dispatch('INTERACTION_CREATE', payload, record.guildId);

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
          dump(context, record, options.label ?? 'the message satisfies the predicate'),
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
