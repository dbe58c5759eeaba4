import { newReference } from '../app/new-reference.ts';
import type { Clock, Log } from '../app/ports/core.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import { languageOf } from '../domain/language.ts';
import type { Language } from '../domain/language.ts';
import type { ButtonHandler, Command, CommandServices } from './command.ts';
import { INTERACTION, interactionHeadSchema, parseClick, parseCommand } from './interaction.ts';
import type { CommandInteraction, ComponentInteraction, Parsed } from './interaction.ts';
import { interactionFaults, missingField } from './interaction-faults.ts';
import type { InteractionFault } from './interaction-faults.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';
import { UndeliveredReply } from './replies.ts';
import type { InteractionKey } from './replies.ts';

export interface DispatchDeps {
  readonly commands: readonly Command[];
  readonly buttons: readonly ButtonHandler[];
  readonly services: CommandServices;
  /** The servers that the bot serves; empty means all. */
  readonly guildIds: ReadonlySet<string>;
  readonly ownership: Ownership;
  readonly clock: Clock;
  readonly log: Log;
}

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
    const key: InteractionKey = { id, token, applicationId };
    const arrival: Arrival = { language: languageOf(locale), receivedAt, receivedElapsed };
    try {
      if (type === INTERACTION.command) await runCommand(deps, key, arrival, raw);
      else if (type === INTERACTION.component) await runButton(deps, key, arrival, raw);
    } catch (cause) {
      await answerBug(deps, key, cause, messagesFor(arrival.language).answers);
    }
  };
}

async function runCommand(
  deps: DispatchDeps,
  key: InteractionKey,
  arrival: Arrival,
  raw: unknown,
): Promise<void> {
  const parsed = parseCommand(raw);
  const served = await servedOrRefused(deps, key, arrival, parsed);
  if (served === undefined || parsed.data === undefined) return;
  const command = deps.commands.find(({ name }) => name === parsed.data.name);
  if (command === undefined) {
    const { answers } = messagesFor(arrival.language);
    await deps.services.replies.privately(key, answers.unknownCommand);
  } else {
    await command.run({ ...parsed.data, ...served }, deps.services);
  }
}

async function runButton(
  deps: DispatchDeps,
  key: InteractionKey,
  arrival: Arrival,
  raw: unknown,
): Promise<void> {
  const parsed = parseClick(raw);
  const served = await servedOrRefused(deps, key, arrival, parsed);
  if (served === undefined || parsed.data === undefined) return;
  const [prefix = '', ...rest] = parsed.data.customId.split(':');
  const button = deps.buttons.find((known) => known.prefix === prefix);
  if (button === undefined) {
    const { answers } = messagesFor(arrival.language);
    await deps.services.replies.privately(key, answers.unknownCommand);
  } else {
    await button.run({ ...parsed.data, ...served }, rest.join(':'), deps.services);
  }
}

/** The place and the caller where this process serves them; else the caller is answered why not. */
async function servedOrRefused(
  { guildIds, ownership, services, log }: DispatchDeps,
  key: InteractionKey,
  arrival: Arrival,
  parsed: Parsed<CommandInteraction | ComponentInteraction>,
) {
  const { answers } = messagesFor(arrival.language);
  const notUnderstood = async (faults: readonly InteractionFault[]): Promise<undefined> => {
    log.warn({ interactionId: key.id, faults }, 'interaction not understood');
    await services.replies.privately(key, answers.notUnderstood);
  };
  if (!parsed.success) return notUnderstood(interactionFaults(parsed.error));
  const { guildId, channelId, member } = parsed.data;
  const refusal = locationRefusal(parsed.data, guildIds, answers);
  if (refusal !== undefined || guildId === undefined) {
    await services.replies.privately(key, refusal ?? answers.serversOnly);
    return undefined;
  }
  if (channelId === undefined) return notUnderstood([missingField('channel')]);
  if (member === undefined) return notUnderstood([missingField('member')]);
  // Another process answers.
  if (!ownership.owns(guildId)) return undefined;
  return { guildId, channelId, member, ...arrival };
}

/** Why the bot does not serve the location of a call; `undefined` if it does. */
function locationRefusal(
  { guildId, isGuildInstalled }: CommandInteraction | ComponentInteraction,
  guildIds: ReadonlySet<string>,
  answers: Messages['answers'],
): string | undefined {
  if (guildId === undefined || !isGuildInstalled) return answers.serversOnly;
  return guildIds.size === 0 || guildIds.has(guildId) ? undefined : answers.otherServer;
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
    // The interaction may have been deferred already; then its deferred answer is filled in.
  }
  try {
    await services.replies.finish(key, { content });
  } catch (second) {
    // The interaction may have been answered before the failure, so the caller cannot be notified.
    log.warn({ err: second, interactionId: key.id, reference }, 'no answer was possible');
  }
}
