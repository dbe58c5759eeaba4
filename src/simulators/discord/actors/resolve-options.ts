import { OPTION } from '../option-types.ts';
import { field, integerOf } from '../values.ts';
import type { Member } from '../world/model.ts';
import { PERMISSION, appPermissions } from '../world/permissions.ts';
import { renderBareMember, renderUser } from '../world/render-user.ts';
import type { MemberFile, OptionValue, SendOptions } from './api.ts';
import { checkOptionNames, checkOptionValue } from './check-option.ts';
import type { ActorContext } from './context.ts';
import { idOf, isMemberFile, uploadFile } from './upload.ts';

/** The `data.resolved` of an interaction, by kind and id. */
export type Resolved = Record<string, Record<string, unknown>>;

export interface ResolvedOptions {
  readonly options: Record<string, unknown>[];
  readonly resolved: Resolved;
}

export function addResolved(resolved: Resolved, kind: string, id: string, value: unknown): void {
  const group = resolved[kind] ?? {};
  group[id] = value;
  resolved[kind] = group;
}

/** Adds the user, member, role or channel with this id. */
export function resolveId(
  context: ActorContext,
  guildId: string,
  id: string,
  resolved: Resolved,
): void {
  const { world } = context.sim;
  const guild = world.guild(guildId);
  const user = world.user(id);
  const member = guild?.members.get(id);
  const role = guild?.roles.get(id);
  const channel = guild?.channels.get(id);
  if (user !== undefined) {
    addResolved(resolved, 'users', id, renderUser(user));
  }
  if (member !== undefined) {
    const permissions = String(member.permissions);
    addResolved(resolved, 'members', id, { ...renderBareMember(member), permissions });
  }
  if (role !== undefined) {
    addResolved(resolved, 'roles', id, {
      id,
      name: role.name,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      position: 1,
      permissions: '0',
      managed: false,
      mentionable: false,
      flags: 0,
    });
  }
  if (channel !== undefined) {
    const permissions = String(appPermissions(channel) | PERMISSION.viewChannel);
    addResolved(resolved, 'channels', id, {
      id,
      name: channel.name,
      type: 0,
      permissions,
      parent_id: null,
    });
  }
}

function guessType(context: ActorContext, value: OptionValue): number {
  if (typeof value === 'string') {
    return OPTION.string;
  }
  if (typeof value === 'boolean') {
    return OPTION.boolean;
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? OPTION.integer : OPTION.number;
  }
  if (isMemberFile(value)) {
    return OPTION.attachment;
  }
  const { world } = context.sim;
  if (world.user(idOf(value)) !== undefined) {
    return OPTION.user;
  }
  return world.channel(idOf(value)) === undefined ? OPTION.role : OPTION.channel;
}

export interface OptionRequest {
  readonly context: ActorContext;
  readonly member: Member;
  readonly definitions: readonly unknown[];
  readonly given: Readonly<Record<string, OptionValue>>;
  readonly send: SendOptions;
  /** The option that is being typed, for autocomplete; disables all checks. */
  readonly focused?: string;
}

async function resolveFile(
  request: OptionRequest,
  file: MemberFile,
  resolved: Resolved,
): Promise<string> {
  const uploaded = await uploadFile(request.context, request.member, file, request.send);
  addResolved(resolved, 'attachments', uploaded.id, uploaded.resolved);
  return uploaded.id;
}

async function resolveValue(request: OptionRequest, value: OptionValue, resolved: Resolved) {
  if (typeof value !== 'object') {
    return value;
  }
  return isMemberFile(value) ? await resolveFile(request, value, resolved) : value.id;
}

/** Converts filled-in options to `data.options` and `data.resolved`. */
export async function resolveOptions(request: OptionRequest): Promise<ResolvedOptions> {
  const { context, definitions, given, focused } = request;
  const checked = request.send.raw !== true && focused === undefined;
  if (checked) {
    checkOptionNames(definitions, given);
  }
  const options: Record<string, unknown>[] = [];
  const resolved: Resolved = {};
  for (const [name, value] of Object.entries(given)) {
    const definition = definitions.find((candidate) => field(candidate, 'name') === name);
    if (checked) {
      checkOptionValue(definition, value);
    }
    const type = integerOf(field(definition, 'type')) ?? guessType(context, value);
    const sent = await resolveValue(request, value, resolved);
    if (type >= OPTION.user && type <= OPTION.mentionable) {
      resolveId(context, request.member.guildId, String(sent), resolved);
    }
    options.push({ name, type, value: sent, ...(name === focused ? { focused: true } : {}) });
  }
  return { options, resolved };
}
