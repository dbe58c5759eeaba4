import { newReference } from '../app/new-reference.ts';
import type { Clock, Log } from '../app/ports/core.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import { languageOf } from '../domain/language.ts';
import type { Language } from '../domain/language.ts';
import { whyRestricted } from './access/why-restricted.ts';
import type { CommandServices, Handlers } from './command.ts';
import type { Served } from './served.ts';
import { answeredInTime } from './answered-in-time.ts';
import { parseComponent } from './component-interaction.ts';
import { INTERACTION, interactionHeadSchema, isOnLayout, parseCommand } from './interaction.ts';
import type { Parsed, Place } from './interaction.ts';
import { interactionFaults, missingField } from './interaction-faults.ts';
import type { InteractionFault } from './interaction-faults.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';
import { UndeliveredReply } from './replies.ts';
import type { InteractionKey } from './replies.ts';
import { isMessageCommand, parseMessageCommand } from './message-command-interaction.ts';
import { parseModal } from './modal-interaction.ts';

export interface DispatchDeps {
  readonly handlers: Handlers;
  readonly services: CommandServices;
  /** The servers that the bot serves; empty means all. */
  readonly guildIds: ReadonlySet<string>;
  readonly ownership: Ownership;
  /** Absent where no other process answers. */
  readonly forward?: Forward | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Hands a raw interaction over to the process that serves its guild; where that has not taken it in
 * time, it never will. Rejects if that is not known.
 */
export type Forward = (guildId: string, raw: unknown) => Promise<'taken' | 'not-taken'>;

/** Answers one raw interaction. Never rejects. */
export type Dispatch = (raw: unknown) => Promise<void>;

/** When an interaction arrived, and its caller's language. */
interface Arrival {
  readonly language: Language;
  readonly receivedAt: number;
  readonly receivedElapsed: number;
}

export function createDispatch(deps: DispatchDeps): Dispatch {
  const { clock, log } = deps;
  return async (raw) => {
    const receivedAt = clock.now();
    const receivedElapsed = clock.elapsed();
    const head = interactionHeadSchema.safeParse(raw);
    if (!head.success) {
      log.warn(
        { faults: interactionFaults(head.error) },
        'interaction without an id or a token ignored',
      );
      return;
    }
    const { id, token, type, locale, application_id: applicationId } = head.data;
    const key = { id, token, applicationId, isOnLayout: isOnLayout(head.data) };
    const arrival: Arrival = { language: languageOf(locale), receivedAt, receivedElapsed };
    try {
      await run(deps, { key, arrival, type, raw });
    } catch (cause) {
      await answerBug(deps, key, cause, messagesFor(arrival.language).answers);
    }
  };
}

/** An interaction that can be answered, not read any further yet. */
interface Arrived {
  readonly key: InteractionKey;
  readonly arrival: Arrival;
  readonly type: number;
  readonly raw: unknown;
}

async function run(deps: DispatchDeps, arrived: Arrived): Promise<void> {
  switch (arrived.type) {
    case INTERACTION.command:
      return isMessageCommand(arrived.raw)
        ? runMessageCommand(deps, arrived)
        : runCommand(deps, arrived);
    case INTERACTION.autocomplete:
      return suggest(deps, arrived);
    case INTERACTION.component:
      return runByCustomId(deps, arrived, parseComponent, deps.handlers.components);
    case INTERACTION.modal:
      return runByCustomId(deps, arrived, parseModal, deps.handlers.modals);
  }
}

async function runCommand(deps: DispatchDeps, arrived: Arrived): Promise<void> {
  const call = await servedOrRefused(deps, arrived, parseCommand(arrived.raw));
  if (call === undefined) return;
  const command = deps.handlers.commands.find(({ name }) => name === call.name);
  if (command === undefined) return refuseUnknown(deps, arrived);
  await inTenure(deps, call, [command.name], async (services) => command.run(call, services));
}

/**
 * Runs what a hand-over of the call's server waits for; nothing where another process has it by now.
 * All that leads to a video is answered in the time of its decision.
 */
async function inTenure(
  { ownership, services }: DispatchDeps,
  call: Place & Served,
  commands: readonly string[],
  work: (services: CommandServices) => Promise<void>,
): Promise<void> {
  await ownership.tenureOf(call.guildId)?.during(async () => {
    if (!commands.includes('video')) return work(services);
    await answeredInTime(call, services, async (replies) => work({ ...services, replies }));
  });
}

async function runMessageCommand(deps: DispatchDeps, arrived: Arrived): Promise<void> {
  const call = await servedOrRefused(deps, arrived, parseMessageCommand(arrived.raw));
  if (call === undefined) return;
  const command = deps.handlers.messageCommands.find(({ name }) => name === call.name);
  if (command === undefined) return refuseUnknown(deps, arrived);
  const commands = ['video'];
  await inTenure(deps, call, commands, async (services) => {
    if (!(await isRestricted(services, call, commands))) await command.run(call, services);
  });
}

/** Suggests nothing where the bot would refuse the call: only a sent command is answered with why. */
async function suggest(deps: DispatchDeps, arrived: Arrived): Promise<void> {
  const { handlers, services, guildIds, ownership } = deps;
  const { key, arrival, raw } = arrived;
  const { data } = parseCommand(raw);
  const served = data === undefined ? undefined : servedCall(data, arrival);
  if (served === undefined || !isServed(served, guildIds)) {
    await services.replies.suggest(key, []);
    return;
  }
  if (!ownership.owns(served.guildId)) return passOn(deps, arrived, served.guildId);
  const command = handlers.commands.find(({ name }) => name === served.name);
  const { focused } = served;
  const choices =
    focused === undefined ? [] : (command?.suggest?.({ ...served, focused }, services) ?? []);
  await services.replies.suggest(key, choices);
}

async function runByCustomId<T extends Place & { readonly customId: string }>(
  deps: DispatchDeps,
  arrived: Arrived,
  parse: (raw: unknown) => Parsed<T>,
  handlers: readonly {
    readonly action: string;
    readonly asCommand?: string | readonly string[];
    readonly run: (call: T & Served, id: string, services: CommandServices) => Promise<void>;
  }[],
): Promise<void> {
  const call = await servedOrRefused(deps, arrived, parse(arrived.raw));
  if (call === undefined) return;
  const [action = '', ...rest] = call.customId.split(':');
  const handler = handlers.find((known) => known.action === action);
  if (handler === undefined) return refuseUnknown(deps, arrived);
  const commands = [handler.asCommand ?? []].flat();
  await inTenure(deps, call, commands, async (services) => {
    if (await isRestricted(services, call, commands)) return;
    await handler.run(call, rest.join(':'), services);
  });
}

async function refuseUnknown({ services }: DispatchDeps, { key, arrival }: Arrived): Promise<void> {
  await services.replies.privately(key, messagesFor(arrival.language).answers.unknownCommand);
}

/** Whether an admin keeps the caller from a command; then the caller was answered. */
async function isRestricted(
  services: Pick<CommandServices, 'commandAccess' | 'replies'>,
  call: Place & Served,
  commands: readonly string[],
): Promise<boolean> {
  const why = await whyRestricted(call, services, commands);
  if (why === undefined) return false;
  await services.replies.privately(call, why);
  return true;
}

/** The call where this process serves it; else the caller is answered why not. */
async function servedOrRefused<T extends Place>(
  deps: DispatchDeps,
  arrived: Arrived,
  parsed: Parsed<T>,
): Promise<(T & Served) | undefined> {
  const { guildIds, ownership, services, log } = deps;
  const { key, arrival } = arrived;
  const { answers } = messagesFor(arrival.language);
  const notUnderstood = async (faults: readonly InteractionFault[]): Promise<undefined> => {
    log.warn({ interactionId: key.id, faults }, 'interaction not understood');
    await services.replies.privately(key, answers.notUnderstood);
  };
  if (!parsed.success) return notUnderstood(interactionFaults(parsed.error));
  const refusal = locationRefusal(parsed.data, guildIds, answers);
  if (refusal !== undefined) {
    await services.replies.privately(key, refusal);
    return undefined;
  }
  const call = servedCall(parsed.data, arrival);
  if (call === undefined) {
    const field = parsed.data.channelId === undefined ? 'channel' : 'member';
    return notUnderstood([missingField(field)]);
  }
  if (ownership.owns(call.guildId)) return call;
  await passOn(deps, arrived, call.guildId);
  return undefined;
}

/** Hands a call over to the process that serves its guild; if that does not take it, says so. */
async function passOn(
  { forward, services, log }: DispatchDeps,
  { key, arrival, type, raw }: Arrived,
  guildId: string,
): Promise<void> {
  if (forward === undefined) return;
  try {
    if ((await forward(guildId, raw)) === 'taken') return;
  } catch (cause) {
    // The other one may answer as well: Discord takes one answer, and that one begins nothing then.
    log.warn({ err: cause, interactionId: key.id }, 'interaction not handed over');
  }
  if (type === INTERACTION.autocomplete) await services.replies.suggest(key, []);
  else await services.replies.privately(key, messagesFor(arrival.language).answers.busy);
}

/** The call with its place and caller; `undefined` if it lacks one. */
function servedCall<T extends Place>(data: T, arrival: Arrival): (T & Served) | undefined {
  const { guildId, channelId, member } = data;
  if (guildId === undefined || channelId === undefined || member === undefined) return undefined;
  return { ...data, guildId, channelId, member, ...arrival };
}

function isServed(
  { guildId, isGuildInstalled }: Pick<Place, 'guildId' | 'isGuildInstalled'>,
  guildIds: ReadonlySet<string>,
): boolean {
  if (guildId === undefined || !isGuildInstalled) return false;
  return guildIds.size === 0 || guildIds.has(guildId);
}

/** Why the bot does not serve the location of a call; `undefined` if it does. */
function locationRefusal(
  place: Place,
  guildIds: ReadonlySet<string>,
  answers: Messages['answers'],
): string | undefined {
  if (isServed(place, guildIds)) return undefined;
  const isInServer = place.guildId !== undefined && place.isGuildInstalled;
  return isInServer ? answers.otherServer : answers.serversOnly;
}

async function answerBug(
  { log, services }: DispatchDeps,
  key: InteractionKey,
  cause: unknown,
  answers: Messages['answers'],
): Promise<void> {
  if (cause instanceof UndeliveredReply) {
    log.warn({ err: cause, interactionId: key.id }, 'Discord did not accept an answer');
    return;
  }
  const reference = newReference();
  log.error({ err: cause, interactionId: key.id, reference }, 'command broke');
  const content = answers.bug(reference);
  try {
    await services.replies.privately(key, content);
    return;
  } catch {
    // The interaction may have been deferred already; then its deferred answer is filled in, but not
    // that of another process, which heard of it too and may have begun a task under it.
    if (!services.replies.mayHaveAnswered(key)) return;
  }
  try {
    await services.replies.finish(key, { content });
  } catch (second) {
    // The interaction may have been answered before the failure, so the caller cannot be notified.
    log.warn({ err: second, interactionId: key.id, reference }, 'no answer was possible');
  }
}
