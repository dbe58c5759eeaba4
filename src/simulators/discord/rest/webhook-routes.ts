import { refuse } from '../errors.ts';
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

function wasRemoved({ sim }: Call, record: InteractionRecord): boolean {
  const { '0': guildId, '1': userId } = record.integrationOwners;
  const guild = sim.world.guild(guildId ?? '');
  return userId === undefined && guild !== undefined && !guild.botIsMember;
}

function findInteraction(call: Call): InteractionRecord {
  const { sim, parameter } = call;
  if (parameter('app') !== sim.world.application.id) {
    throw refuse('unknownWebhook');
  }
  const record = sim.interactions.byToken(parameter('token'));
  if (record === undefined || isTokenExpired(record, sim.clock.now())) {
    throw refuse('invalidWebhookToken');
  }
  if (record.acknowledgement === undefined || wasRemoved(call, record)) {
    throw refuse('unknownWebhook');
  }
  if (record.guildId !== undefined && sim.world.channel(record.channelId) === undefined) {
    throw refuse('unknownChannel');
  }
  return record;
}

function findMessage(call: Call, record: InteractionRecord): StoredMessage {
  const asked = call.parameter('message');
  const id = asked === ORIGINAL ? record.originalMessageId : asked;
  const own = id !== undefined && [record.originalMessageId, ...record.followUpIds].includes(id);
  const message = own ? call.sim.messages.get(id) : undefined;
  if (message === undefined || message.latest.deleted) {
    throw refuse('unknownMessage');
  }
  return message;
}

function composition(call: Call, record: InteractionRecord) {
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

function policy(json: unknown) {
  const allowed = field(json, 'allowed_mentions');
  return { allowed, defaultParse: ['users'], via: 'webhook' as const };
}

function edit(call: Call, record: InteractionRecord, message: StoredMessage) {
  const { sim, request } = call;
  const composed = composeMessage({
    ...composition(call, record),
    previous: message.latest.state,
    settableFlags: SETTABLE_BY_EDIT,
  });
  editMessage(sim, message, composed, policy(request.json));
  return ok(renderMessage(message, sim));
}

function followUp(call: Call) {
  const { sim, request } = call;
  const record = findInteraction(call);
  const original = sim.messages.get(record.originalMessageId ?? '');
  const isLoading = ((original?.latest.state.flags ?? 0) & FLAGS.loading) !== 0;
  if (original !== undefined && isLoading && !original.latest.deleted) {
    // Discord's deprecated habit: straight after a deferral the follow-up fills the loading message.
    return edit(call, record, original);
  }
  const byUserAlone = record.integrationOwners['0'] === undefined;
  if (byUserAlone && record.followUpIds.length >= LIMITS.followUpsOfUserInstall) {
    throw refuse('tooManyFollowUps');
  }
  const composed = composeMessage({
    ...composition(call, record),
    previous: undefined,
    settableFlags: SETTABLE,
  });
  const ephemeral = (composed.state.flags & FLAGS.ephemeral) !== 0;
  const origin = responseOrigin(sim, record, { ephemeral, isFollowUp: true });
  const message = postMessage(sim, origin, composed, policy(request.json));
  record.followUpIds.push(message.id);
  return ok(renderMessage(message, sim));
}

function read(call: Call) {
  return ok(renderMessage(findMessage(call, findInteraction(call)), call.sim));
}

function change(call: Call) {
  const record = findInteraction(call);
  return edit(call, record, findMessage(call, record));
}

function remove(call: Call) {
  deleteMessage(call.sim, findMessage(call, findInteraction(call)), 'webhook');
  return NO_CONTENT;
}

/** Everything an interaction's token can do after the callback. */
export function webhookRoutes(): Route[] {
  const pattern = '/webhooks/:app/:token/messages/:message';
  return [
    { method: 'POST', pattern: '/webhooks/:app/:token', auth: 'none', handle: followUp },
    { method: 'GET', pattern, auth: 'none', handle: read },
    { method: 'PATCH', pattern, auth: 'none', handle: change },
    { method: 'DELETE', pattern, auth: 'none', handle: remove },
  ];
}
