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

interface Press {
  readonly message: Target;
  readonly customId: string;
  readonly send: SendOptions;
  readonly values?: readonly string[];
}

function findMessage(context: ActorContext, member: Member, given: Press): StoredMessage {
  const message = context.sim.messages.get(targetId(given.message));
  const isVisible =
    message !== undefined &&
    (message.ephemeralFor === undefined || message.ephemeralFor === member.user.id);
  if (
    message === undefined ||
    (given.send.raw !== true && (!isVisible || message.latest.deleted))
  ) {
    throw new ClientRefusal('this person sees no such message');
  }
  return message;
}

function findComponent(message: StoredMessage, given: Press): unknown {
  const component = flattenComponents(message.latest.state.components, []).find(
    (placed) => field(placed.component, 'custom_id') === given.customId,
  )?.component;
  if (given.send.raw === true) {
    return component;
  }
  if (component === undefined) {
    throw new ClientRefusal(`the message has no component ${given.customId}`);
  }
  if (field(component, 'disabled') === true) {
    throw new ClientRefusal(`the component ${given.customId} is disabled`);
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

interface Pressed {
  readonly customId: string;
  readonly id: number;
  readonly type: number;
  readonly values: readonly string[] | undefined;
}

/** The pressed component, or with `raw` what a client would have made up. */
function checkPress(component: unknown, given: Press): Pressed {
  const { send, values, customId } = given;
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

function press(context: ActorContext, member: Member, given: Press): InteractionHandle {
  const message = findMessage(context, member, given);
  const { customId, id, type, values } = checkPress(findComponent(message, given), given);
  const resolved: Resolved = {};
  if (values !== undefined && type !== COMPONENT.stringSelect) {
    values.forEach((value) => resolveId(context, member.guildId, value, resolved));
  }
  return sendInteraction(context, {
    type: 3,
    member,
    channelId: message.channelId,
    send: given.send,
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

/** What a person does with buttons and menus. */
export function createComponentActions(
  context: ActorContext,
  member: Member,
): Pick<MemberActor, 'click' | 'selectMenu'> {
  return {
    // Async so that a refusal is a rejection, as with the other actions.
    click: async (message, customId, send = {}) =>
      await Promise.resolve().then(() => press(context, member, { message, customId, send })),
    selectMenu: async (message, customId, values, send = {}) =>
      await Promise.resolve().then(() =>
        press(context, member, { message, customId, values, send }),
      ),
  };
}
