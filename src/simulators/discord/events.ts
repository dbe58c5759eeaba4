import type { InteractionHandle } from './actors/api.ts';
import type { PostedInteraction } from './endpoint/endpoint-control.ts';
import type { CommandPermission } from './world/command-permissions.ts';
import type { Acknowledgement } from './world/interactions.ts';
import type { MessageView, Notification } from './world/message-view.ts';
import type { RequestLogEntry } from './rest/request.ts';

/** The events of the simulation, by name. */
export interface DiscordEvents {
  readonly 'message-created': MessageView;
  readonly 'message-edited': MessageView;
  readonly 'message-deleted': MessageView;
  readonly 'interaction-sent': InteractionHandle;
  readonly 'interaction-answered': {
    readonly interactionId: string;
    readonly acknowledgement: Acknowledgement;
  };
  /** Emitted when the endpoint has answered an interaction, or 3 s after it was sent. */
  readonly 'interaction-posted': PostedInteraction;
  readonly notification: Notification;
  /** Emitted after each answer, or when the connection was cut instead. */
  readonly request: RequestLogEntry;
  readonly gateway: {
    readonly kind: 'identified' | 'resumed' | 'closed';
    readonly sessionId: string;
  };
  readonly commands: { readonly guildId: string | undefined };
  /** The overrides of a command, or of the application, after a change. */
  readonly 'command-permissions': {
    readonly guildId: string;
    readonly id: string;
    readonly permissions: readonly CommandPermission[];
  };
}

export type EventName = keyof DiscordEvents;

/** Calls the listener at each event; returns a function that removes it. */
export type Listen = <Name extends EventName>(
  name: Name,
  listener: (event: DiscordEvents[Name]) => void,
) => () => void;

export type NextEvent = <Name extends EventName>(
  name: Name,
  predicate?: (event: DiscordEvents[Name]) => boolean,
  backstopMs?: number,
) => Promise<DiscordEvents[Name]>;

export interface EventBus {
  readonly on: Listen;
  emit<Name extends EventName>(name: Name, event: DiscordEvents[Name]): void;
}

type Listeners = { [Name in EventName]: Set<(event: DiscordEvents[Name]) => void> };

/** Creates a typed emitter; listeners run synchronously, in the order in which they were added. */
export function createEventBus(): EventBus {
  const listeners: Listeners = {
    'message-created': new Set(),
    'message-edited': new Set(),
    'message-deleted': new Set(),
    'interaction-sent': new Set(),
    'interaction-answered': new Set(),
    'interaction-posted': new Set(),
    notification: new Set(),
    request: new Set(),
    gateway: new Set(),
    commands: new Set(),
    'command-permissions': new Set(),
  };
  return {
    on(name, listener) {
      const set = listeners[name];
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
    emit(name, event) {
      for (const listener of listeners[name]) {
        listener(event);
      }
    },
  };
}
