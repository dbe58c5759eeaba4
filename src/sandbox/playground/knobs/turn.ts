import { z } from 'zod';
import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { BotKeeper } from '../bot-keeper.ts';
import type { KnobResult, KnobTurn } from '../protocol/knobs.ts';
import type { DiscordDesk } from './discord-desk.ts';
import type { ProviderDesk } from './provider-desk.ts';

/** Everything that can be turned. */
export interface KnobDesk {
  readonly discord: SimulatedDiscord;
  readonly faults: DiscordDesk;
  readonly providers: ProviderDesk;
  readonly keeper: BotKeeper;
}

const DONE: KnobResult = { kind: 'done' };
const refused = (reason: string): KnobResult => ({ kind: 'refused', reason });

/** Does one turn; a refusal is what a person can read and mend. */
export async function turnKnobs(desk: KnobDesk, turn: KnobTurn): Promise<KnobResult> {
  switch (turn.kind) {
    case 'provider-mood':
      desk.providers.setMood(turn.provider, turn.mood);
      return DONE;
    case 'provider-time':
      desk.providers.setTime(turn.provider, turn.taskMs);
      return DONE;
    case 'provider-turn':
      return turnFreely(desk, turn.provider, turn.turn);
    case 'discord-fault':
      desk.faults.add(turn.fault, turn.target, turn.times);
      return DONE;
    case 'discord-well':
      desk.faults.clear();
      return DONE;
    case 'gateway':
      disturb(desk.discord, turn.do);
      return DONE;
    case 'advance':
      desk.discord.advance(turn.ms);
      return DONE;
    case 'bot':
      return moveBot(desk.keeper, turn.do);
    case 'delete-message':
      return deleteMessage(desk.discord, turn.messageId);
    case 'permissions':
      if (desk.discord.world.channel(turn.channelId) === undefined) {
        return refused('There is no such channel.');
      }
      desk.discord.world.setBotPermissions(turn.channelId, turn.bot);
      return DONE;
  }
}

function turnFreely(
  { providers }: KnobDesk,
  provider: Parameters<ProviderDesk['turn']>[0],
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

function disturb({ gateway }: SimulatedDiscord, how: 'cut' | 'reconnect' | 'forget-session'): void {
  if (how === 'cut') gateway.cut();
  else if (how === 'reconnect') gateway.requestReconnect();
  else gateway.invalidate(false);
}

async function moveBot(keeper: BotKeeper, how: 'kill' | 'stop' | 'start'): Promise<KnobResult> {
  const isRunning = keeper.state().name !== 'stopped';
  if (how === 'start') {
    return isRunning ? refused('The bot is running already.') : startBot(keeper);
  }
  if (!isRunning) return refused('The bot is not running.');
  await keeper.end(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
  return DONE;
}

async function startBot(keeper: BotKeeper): Promise<KnobResult> {
  try {
    await keeper.start();
    return DONE;
  } catch (cause) {
    // Somebody may have killed it meanwhile, which is no fault of anything.
    if (keeper.state().name !== 'stopped') throw cause;
    return refused('The bot ended before it was ready; its log says more.');
  }
}

function deleteMessage(discord: SimulatedDiscord, messageId: string): KnobResult {
  const view = discord.message(messageId);
  if (view === null || view.deleted) return refused('There is no such message.');
  discord.deleteMessage(messageId);
  return DONE;
}
