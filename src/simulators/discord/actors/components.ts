import { COMPONENT, SELECTS } from '../component-types.ts';
import { flattenComponents } from '../rules/component-tree.ts';
import { field, integerOf, listOf } from '../values.ts';
import type { Member } from '../world/model.ts';
import type { StoredMessage } from '../world/messages.ts';
import { renderMessage } from '../world/render-message.ts';
import type { InteractionHandle, MemberActor, SendOptions, Target } from './api.ts';
import { targetId } from './commands.ts';
import { ClientRefusal, type ActorContext } from './context.ts';
import { resolveId, type Resolved } from './resolve-options.ts';
import { sendInteraction } from './send.ts';

interface ComponentUse {
  readonly message: Target;
  readonly customId: string;
  readonly send: SendOptions;
  readonly values?: readonly string[];
}

function findMessage(context: ActorContext, member: Member, use: ComponentUse): StoredMessage {
  const message = context.sim.messages.get(targetId(use.message));
  const isVisible =
    message !== undefined &&
    (message.ephemeralFor === undefined || message.ephemeralFor === member.user.id);
  if (message === undefined || (use.send.raw !== true && (!isVisible || message.latest.deleted))) {
    throw new ClientRefusal('this person sees no such message');
  }
  return message;
}

function findComponent(message: StoredMessage, use: ComponentUse): unknown {
  const component = flattenComponents(message.latest.state.components, []).find(
    (placed) => field(placed.component, 'custom_id') === use.customId,
  )?.component;
  if (use.send.raw === true) {
    return component;
  }
  if (component === undefined) {
    throw new ClientRefusal(`the message has no component ${use.customId}`);
  }
  if (field(component, 'disabled') === true) {
    throw new ClientRefusal(`the component ${use.customId} is disabled`);
  }
  return component;
}

function checkValues(component: unknown, values: readonly string[]): void {
  const min = integerOf(field(component, 'min_values')) ?? 1;
  const max = integerOf(field(component, 'max_values')) ?? 1;
  if (values.length < min || values.length > max) {
    throw new ClientRefusal(`${values.length} values, allowed ${min} to ${max}`);
  }
  if (field(component, 'type') !== COMPONENT.stringSelect) {
    return;
  }
  const known = listOf(field(component, 'options')).map((option) => field(option, 'value'));
  const unknown = values.find((value) => !known.includes(value));
  if (unknown !== undefined) {
    throw new ClientRefusal(`${unknown} is not an option of the menu`);
  }
}

interface ComponentData {
  readonly customId: string;
  readonly id: number;
  readonly type: number;
  readonly values: readonly string[] | undefined;
}

/** Returns the data of the used component; with `raw`, the type of a missing one is guessed. */
function checkComponentUse(component: unknown, use: ComponentUse): ComponentData {
  const { send, values, customId } = use;
  const kind = integerOf(field(component, 'type'));
  const isMenu = kind !== undefined && SELECTS.includes(kind);
  if (send.raw !== true) {
    if (isMenu !== (values !== undefined)) {
      throw new ClientRefusal(`${customId} is ${isMenu ? 'a menu' : 'no menu'}`);
    }
    if (values !== undefined) {
      checkValues(component, values);
    }
  }
  const guessed = values === undefined ? COMPONENT.button : COMPONENT.stringSelect;
  return {
    customId,
    id: integerOf(field(component, 'id')) ?? 1,
    type: kind ?? guessed,
    values,
  };
}

function useComponent(context: ActorContext, member: Member, use: ComponentUse): InteractionHandle {
  const message = findMessage(context, member, use);
  const { customId, id, type, values } = checkComponentUse(findComponent(message, use), use);
  const resolved: Resolved = {};
  if (values !== undefined && type !== COMPONENT.stringSelect) {
    values.forEach((value) => resolveId(context, member.guildId, value, resolved));
  }
  return sendInteraction(context, {
    type: 3,
    member,
    channelId: message.channelId,
    send: use.send,
    source: { id: message.id, rendered: renderMessage(message, context.sim) },
    data: {
      custom_id: customId,
      component_type: type,
      id,
      ...(values === undefined ? {} : { values }),
      ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
    },
  });
}

/** Creates the member's actions with buttons and select menus. */
export function createComponentActions(
  context: ActorContext,
  member: Member,
): Pick<MemberActor, 'click' | 'selectMenu'> {
  return {
    // Async, so that a refusal rejects as in the other actions.
    click: async (message, customId, send = {}) =>
      await Promise.resolve().then(() =>
        useComponent(context, member, { message, customId, send }),
      ),
    selectMenu: async (message, customId, values, send = {}) =>
      await Promise.resolve().then(() =>
        useComponent(context, member, { message, customId, values, send }),
      ),
  };
}
