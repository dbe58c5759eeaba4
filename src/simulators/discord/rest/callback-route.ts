import { apiError, rejectInvalid } from '../errors.ts';
import { FLAGS } from '../limits.ts';
import {
  CALLBACK,
  checkAutocomplete,
  checkCallbackType,
  checkDeferral,
  focusedType,
} from '../rules/callback-rules.ts';
import { checkModal } from '../rules/modal-rules.ts';
import { field, integerOf } from '../values.ts';
import { composeMessage } from '../world/compose.ts';
import {
  isTooLateToAcknowledge,
  type AcknowledgementKind,
  type InteractionRecord,
} from '../world/interactions.ts';
import type { StoredMessage } from '../world/messages.ts';
import { editMessage, postLoading, postMessage } from '../world/posting.ts';
import { renderMessage } from '../world/render-message.ts';
import { responseOrigin } from '../world/response-origin.ts';
import type { Simulation } from '../simulation.ts';
import { NO_CONTENT, ok, type Call, type Route } from './route.ts';

const SETTABLE = FLAGS.suppressEmbeds | FLAGS.ephemeral | FLAGS.silent | FLAGS.componentsV2;
const SETTABLE_BY_UPDATE = FLAGS.suppressEmbeds | FLAGS.componentsV2;
const USERS_ONLY = ['users'];

interface Effect {
  readonly kind: AcknowledgementKind;
  readonly message: StoredMessage | undefined;
}

function findInteraction({ sim, parameter }: Call): InteractionRecord {
  const record = sim.interactions.get(parameter('id'));
  if (record === undefined || record.token !== parameter('token')) {
    throw apiError('unknownInteraction');
  }
  if (record.acknowledgement !== undefined) {
    throw apiError('alreadyAcknowledged');
  }
  if (isTooLateToAcknowledge(record, sim.clock.now())) {
    throw apiError('unknownInteraction');
  }
  return record;
}

function compositionOf(call: Call, record: InteractionRecord) {
  const { json, files, overflow } = call.request;
  return {
    json: field(json, 'data'),
    files,
    overflow,
    limitBytes: record.attachmentSizeLimit,
    path: ['data'],
    newId: call.sim.newId,
  };
}

function mentionPolicy(data: unknown) {
  const allowed = field(data, 'allowed_mentions');
  return { allowed, defaultParse: USERS_ONLY, via: 'callback' as const };
}

function postResponse(call: Call, record: InteractionRecord): Effect {
  const { sim } = call;
  const form = compositionOf(call, record);
  const composed = composeMessage({ ...form, previous: undefined, settableFlags: SETTABLE });
  const ephemeral = (composed.state.flags & FLAGS.ephemeral) !== 0;
  const origin = responseOrigin(sim, record, { ephemeral, isFollowUp: false });
  return { kind: 'message', message: postMessage(sim, origin, composed, mentionPolicy(form.json)) };
}

function deferResponse(call: Call, record: InteractionRecord): Effect {
  const data = field(call.request.json, 'data');
  rejectInvalid(checkDeferral(data));
  const ephemeral = ((integerOf(field(data, 'flags')) ?? 0) & FLAGS.ephemeral) !== 0;
  const origin = responseOrigin(call.sim, record, { ephemeral, isFollowUp: false });
  return { kind: 'deferred-message', message: postLoading(call.sim, origin) };
}

function sourceOf({ sim }: Call, record: InteractionRecord): StoredMessage {
  const source = sim.messages.get(record.sourceMessageId ?? '');
  if (source === undefined || source.latest.deleted) {
    throw apiError('unknownMessage');
  }
  return source;
}

function updateSource(call: Call, record: InteractionRecord): Effect {
  const source = sourceOf(call, record);
  const form = compositionOf(call, record);
  const composed = composeMessage({
    ...form,
    previous: source.latest.state,
    settableFlags: SETTABLE_BY_UPDATE,
  });
  editMessage(call.sim, source, composed, mentionPolicy(form.json));
  return { kind: 'update', message: source };
}

function apply(call: Call, record: InteractionRecord): Effect {
  const { json } = call.request;
  const type = field(json, 'type');
  const data = field(json, 'data');
  rejectInvalid(checkCallbackType(type, record));
  switch (type) {
    case CALLBACK.message:
      return postResponse(call, record);
    case CALLBACK.deferredMessage:
      return deferResponse(call, record);
    case CALLBACK.deferredUpdate:
      return { kind: 'deferred-update', message: sourceOf(call, record) };
    case CALLBACK.update:
      return updateSource(call, record);
    case CALLBACK.autocomplete:
      rejectInvalid(checkAutocomplete(data, focusedType(record.payload)));
      return { kind: 'autocomplete', message: undefined };
    default:
      rejectInvalid(checkModal(data, ['data']));
      return { kind: 'modal', message: undefined };
  }
}

function responseBody({ sim, request }: Call, record: InteractionRecord, effect: Effect) {
  const type = field(request.json, 'type');
  const { message } = effect;
  const carriesMessage = type === CALLBACK.message || type === CALLBACK.update;
  return {
    interaction: {
      id: record.id,
      type: record.type,
      ...(message === undefined
        ? {}
        : {
            response_message_id: message.id,
            response_message_loading: effect.kind === 'deferred-message',
            response_message_ephemeral: message.ephemeralFor !== undefined,
          }),
    },
    // Discord documents it for new messages and updates only; a deferral returns only the id.
    ...(message !== undefined && carriesMessage
      ? { resource: { type, message: renderMessage(message, sim) } }
      : {}),
  };
}

function acknowledge(call: Call) {
  const { sim, request } = call;
  const record = findInteraction(call);
  const effect = apply(call, record);
  const acknowledgement = {
    kind: effect.kind,
    type: integerOf(field(request.json, 'type')) ?? 0,
    ephemeral: effect.message?.ephemeralFor !== undefined,
    afterMs: sim.clock.now() - record.createdAt,
    messageId: effect.message?.id,
    data: field(request.json, 'data'),
  };
  record.acknowledgement = acknowledgement;
  record.originalMessageId = effect.message?.id;
  sim.events.emit('interaction-answered', { interactionId: record.id, acknowledgement });
  return request.query.get('with_response') === 'true'
    ? ok(responseBody(call, record, effect))
    : NO_CONTENT;
}

/** Takes a callback that the answer to an interaction sent by HTTP contains. Throws an ApiError. */
export function answerInline(sim: Simulation, record: InteractionRecord, json: unknown): void {
  const parameters: Record<string, string> = { id: record.id, token: record.token };
  acknowledge({
    sim,
    parameter: (name) => parameters[name] ?? '',
    request: {
      method: 'POST',
      path: '/interactions',
      query: new URLSearchParams(),
      headers: {},
      authorization: undefined,
      json,
      files: [],
      bodyBytes: 0,
      overflow: false,
      invalidJson: false,
      at: sim.clock.now(),
    },
  });
}

/** The route of interaction callbacks, which acknowledge an interaction. */
export function callbackRoutes(): Route[] {
  return [
    {
      method: 'POST',
      pattern: '/interactions/:id/:token/callback',
      auth: 'none',
      handle: acknowledge,
    },
  ];
}
