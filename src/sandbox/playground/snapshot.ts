import type { Subscribers } from './subscribers.ts';
import type { KnobTargets } from './knobs/turn.ts';
import type { PanelRecorder } from './panel/panel.ts';
import { PEOPLE } from './people/people.ts';
import { offeredCommands } from './people/offered-commands.ts';
import type { Snapshot } from './protocol.ts';
import type { Knobs } from './protocol/knobs.ts';
import type { Identity } from './protocol/world.ts';
import { readMessages } from './read-message.ts';
import { viewGuilds } from './world-view.ts';

function stateOf({ providers, faults }: KnobTargets): Knobs {
  return { providers: providers.state(), discordFaults: faults.state() };
}

/** Publishes all knobs, whichever was turned: they are small, and repeating them does no harm. */
export function publishKnobs(targets: KnobTargets, subscribers: Subscribers): void {
  subscribers.publish({ kind: 'knobs', knobs: stateOf(targets) });
  subscribers.publish({ kind: 'clock', aheadMs: aheadMs(targets) });
  subscribers.publish({ kind: 'guilds', guilds: viewGuilds(targets.discord) });
}

function aheadMs({ discord }: KnobTargets): number {
  return discord.now() - Date.now();
}

/** Everything that a page shows when it opens. */
export function snapshotFor(as: Identity, targets: KnobTargets, panel: PanelRecorder): Snapshot {
  const { discord, botController } = targets;
  return {
    you: as,
    people: PEOPLE,
    botUser: { id: discord.botUserId, name: discord.world.bot.username },
    guilds: viewGuilds(discord),
    commands: offeredCommands(discord, as.personId),
    messages: readMessages(discord, as.personId),
    aheadMs: aheadMs(targets),
    bot: botController.state(),
    knobs: stateOf(targets),
    panel: panel.panelFor(as),
  };
}
