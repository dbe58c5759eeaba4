import { z } from 'zod';
import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { BotController } from '../bot-controller.ts';
import type { KnobResult, KnobTurn } from '../protocol/knobs.ts';
import type { DiscordFaults } from './discord-faults.ts';
import type { ProviderControls } from './provider-controls.ts';

/** Everything that the knobs control. */
export interface KnobTargets {
  readonly discord: SimulatedDiscord;
  readonly faults: DiscordFaults;
  readonly providers: ProviderControls;
  readonly botController: BotController;
}

const DONE: KnobResult = { kind: 'done' };
const refused = (reason: string): KnobResult => ({ kind: 'refused', reason });

/** Applies one knob turn; a refusal carries a reason for the person to read. */
export async function turnKnobs(targets: KnobTargets, turn: KnobTurn): Promise<KnobResult> {
  switch (turn.kind) {
    case 'provider-mood':
      targets.providers.setMood(turn.provider, turn.mood);
      return DONE;
    case 'provider-time':
      targets.providers.setTime(turn.provider, turn.taskMs);
      return DONE;
    case 'provider-turn':
      return turnProviderKnob(targets, turn.provider, turn.turn);
    case 'discord-fault':
      targets.faults.add(turn.fault, turn.target, turn.times);
      return DONE;
    case 'discord-well':
      targets.faults.clear();
      return DONE;
    case 'gateway':
      disturbGateway(targets.discord, turn.do);
      return DONE;
    case 'advance':
      targets.discord.advance(turn.ms);
      return DONE;
    case 'bot':
      return controlBot(targets.botController, turn.do);
    case 'delete-message':
      return deleteMessage(targets.discord, turn.messageId);
    case 'permissions':
      return setBotPermissions(targets.discord, turn);
    case 'command-permissions':
      return setCommandPermissions(targets.discord, turn);
  }
}

function setBotPermissions(
  { world }: SimulatedDiscord,
  { channelId, bot }: Extract<KnobTurn, { kind: 'permissions' }>,
): KnobResult {
  if (world.channel(channelId) === undefined) return refused('There is no such channel.');
  world.setBotPermissions(channelId, bot);
  return DONE;
}

function setCommandPermissions(
  discord: SimulatedDiscord,
  { guildId, command, permissions }: Extract<KnobTurn, { kind: 'command-permissions' }>,
): KnobResult {
  const names = [...discord.commands(guildId), ...discord.commands()].map(({ name }) => name);
  if (discord.world.guild(guildId) === undefined) return refused('There is no such server.');
  if (command !== null && !names.includes(command)) return refused('There is no such command.');
  discord.setCommandPermissions(
    command,
    permissions.length === 0 ? undefined : permissions,
    guildId,
  );
  return DONE;
}

function turnProviderKnob(
  { providers }: KnobTargets,
  provider: Parameters<ProviderControls['turn']>[0],
  turn: unknown,
): KnobResult {
  try {
    providers.turn(provider, turn);
    return DONE;
  } catch (cause) {
    if (cause instanceof z.ZodError) return refused(z.prettifyError(cause));
    throw cause;
  }
}

function disturbGateway(
  { gateway }: SimulatedDiscord,
  how: 'cut' | 'reconnect' | 'forget-session',
): void {
  if (how === 'cut') gateway.cut();
  else if (how === 'reconnect') gateway.requestReconnect();
  else gateway.invalidate(false);
}

async function controlBot(
  botController: BotController,
  how: 'kill' | 'stop' | 'start',
): Promise<KnobResult> {
  const isRunning = botController.state().name !== 'stopped';
  if (how === 'start') {
    return isRunning ? refused('The bot is running already.') : startBot(botController);
  }
  if (!isRunning) return refused('The bot is not running.');
  await botController.end(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
  return DONE;
}

async function startBot(botController: BotController): Promise<KnobResult> {
  try {
    await botController.start();
    return DONE;
  } catch (cause) {
    // Another tab may have killed the bot meanwhile, which is no error.
    if (botController.state().name !== 'stopped') throw cause;
    return refused('The bot ended before it was ready; its log says more.');
  }
}

function deleteMessage(discord: SimulatedDiscord, messageId: string): KnobResult {
  const view = discord.message(messageId);
  if (view === null || view.deleted) return refused('There is no such message.');
  discord.deleteMessage(messageId);
  return DONE;
}
