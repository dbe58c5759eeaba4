import type { Retention } from './api.ts';
import type { VirtualClock } from './clock.ts';
import type { EventBus } from './events.ts';
import type { Cdn } from './world/cdn.ts';
import type { CommandPermissionStore } from './world/command-permissions.ts';
import type { CommandStore } from './world/commands.ts';
import type { InteractionStore } from './world/interactions.ts';
import type { Notification } from './world/message-view.ts';
import type { MessageStore } from './world/messages.ts';
import type { World } from './world/world.ts';

/** The state shared by the routes, the gateway and the members. */
export interface Simulation {
  readonly clock: VirtualClock;
  readonly newId: () => string;
  readonly world: World;
  readonly cdn: Cdn;
  readonly messages: MessageStore;
  readonly interactions: InteractionStore;
  readonly commands: CommandStore;
  readonly commandPermissions: CommandPermissionStore;
  readonly notifications: Notification[];
  /** How much is kept. */
  readonly keep: Retention;
  readonly events: EventBus;
}
