import { apiError } from '../errors.ts';
import { FLAGS, LIMITS } from '../limits.ts';
import { field } from '../values.ts';
import { composeMessage } from '../world/compose.ts';
import { isTokenExpired, type InteractionRecord } from '../world/interactions.ts';
import type { StoredMessage } from '../world/messages.ts';
import { deleteMessage, editMessage, postMessage } from '../world/posting.ts';
import { renderMessage } from '../world/render-message.ts';
import { responseOrigin } from '../world/response-origin.ts';
import { NO_CONTENT, ok, type Call, type Route } from './route.ts';

const ORIGINAL = '@original';
const SETTABLE = FLAGS.suppressEmbeds | FLAGS.ephemeral | FLAGS.silent | FLAGS.componentsV2;
const SETTABLE_BY_EDIT = FLAGS.suppressEmbeds | FLAGS.componentsV2;

function isBotRemoved({ sim }: Call, record: InteractionRecord): boolean {
  const { '0': guildId, '1': userId } = record.integrationOwners;
  const guild = sim.world.guild(guildId ?? '');
  return userId === undefined && guild !== undefined && !guild.botIsMember;
}

function findInteraction(call: Call): InteractionRecord {
  const { sim, parameter } = call;
  if (parameter('app') !== sim.world.application.id) {
    throw apiError('unknownWebhook');
  }
  const record = sim.interactions.byToken(parameter('token'));
  if (record === undefined || isTokenExpired(record, sim.clock.now())) {
    throw apiError('invalidWebhookToken');
  }
  if (record.acknowledgement === undefined || isBotRemoved(call, record)) {
    throw apiError('unknownWebhook');
  }
  if (record.guildId !== undefined && sim.world.channel(record.channelId) === undefined) {
    throw apiError('unknownChannel');
  }
  return record;
}

function findMessage(call: Call, record: InteractionRecord): StoredMessage {
  const requested = call.parameter('message');
  const id = requested === ORIGINAL ? record.originalMessageId : requested;
  const isOfInteraction =
    id !== undefined && [record.originalMessageId, ...record.followUpIds].includes(id);
  const message = isOfInteraction ? call.sim.messages.get(id) : undefined;
  if (message === undefined || message.latest.deleted) {
    throw apiError('unknownMessage');
  }
  return message;
}

function compositionOf(call: Call, record: InteractionRecord) {
  const { json, files, overflow } = call.request;
  return {
    json,
    files,
    overflow,
    limitBytes: record.attachmentSizeLimit,
    path: [],
    newId: call.sim.newId,
  };
}

function mentionPolicy(json: unknown) {
  const allowed = field(json, 'allowed_mentions');
  return { allowed, defaultParse: ['users'], via: 'webhook' as const };
}

function edit(call: Call, record: InteractionRecord, message: StoredMessage) {
  const { sim, request } = call;
  const composed = composeMessage({
    ...compositionOf(call, record),
    previous: message.latest.state,
    settableFlags: SETTABLE_BY_EDIT,
  });
  editMessage(sim, message, composed, mentionPolicy(request.json));
  return ok(renderMessage(message, sim));
}

function followUp(call: Call) {
  const { sim, request } = call;
  const record = findInteraction(call);
  const original = sim.messages.get(record.originalMessageId ?? '');
  const isLoading = ((original?.latest.state.flags ?? 0) & FLAGS.loading) !== 0;
  if (original !== undefined && isLoading && !original.latest.deleted) {
    // Deprecated in Discord: the first follow-up after a deferral fills the loading message.
    return edit(call, record, original);
  }
  const isUserInstallOnly = record.integrationOwners['0'] === undefined;
  if (isUserInstallOnly && record.followUpIds.length >= LIMITS.followUpsOfUserInstall) {
    throw apiError('tooManyFollowUps');
  }
  const composed = composeMessage({
    ...compositionOf(call, record),
    previous: undefined,
    settableFlags: SETTABLE,
  });
  const ephemeral = (composed.state.flags & FLAGS.ephemeral) !== 0;
  const origin = responseOrigin(sim, record, { ephemeral, isFollowUp: true });
  const message = postMessage(sim, origin, composed, mentionPolicy(request.json));
  record.followUpIds.push(message.id);
  return ok(renderMessage(message, sim));
}

function readMessage(call: Call) {
  return ok(renderMessage(findMessage(call, findInteraction(call)), call.sim));
}

function patchMessage(call: Call) {
  const record = findInteraction(call);
  return edit(call, record, findMessage(call, record));
}

function removeMessage(call: Call) {
  deleteMessage(call.sim, findMessage(call, findInteraction(call)), 'webhook');
  return NO_CONTENT;
}

/** Routes of an interaction's webhook: its response and follow-ups, after the callback. */
export function webhookRoutes(): Route[] {
  const pattern = '/webhooks/:app/:token/messages/:message';
  return [
    { method: 'POST', pattern: '/webhooks/:app/:token', auth: 'none', handle: followUp },
    { method: 'GET', pattern, auth: 'none', handle: readMessage },
    { method: 'PATCH', pattern, auth: 'none', handle: patchMessage },
    { method: 'DELETE', pattern, auth: 'none', handle: removeMessage },
  ];
}
