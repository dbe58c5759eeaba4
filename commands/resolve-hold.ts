import type { HoldAction } from '../src/app/hold-actions.ts';
import type {
  ComponentCall,
  ComponentHandler,
  ModalCall,
  ModalHandler,
} from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { inPlace } from '../src/discord/replies-in-place.ts';
import { AMOUNT_FIELD, HOLD_ACTIONS, amountForm } from '../src/discord/usage/hold-choice.ts';
import { actOnHold, listHolds, showHold } from '../src/discord/usage/holds.ts';
import type { HoldServices } from '../src/discord/usage/holds.ts';
import { taskIdOf } from '../src/discord/usage/read-hold-request.ts';

type Click = ComponentCall | ModalCall;

/** The task that an admin means; `undefined` after the caller was answered why not. */
async function meantTask(
  call: Click,
  given: string | undefined,
  { replies }: Pick<HoldServices, 'replies'>,
): Promise<string | undefined> {
  const { answers, usageCommand } = messagesFor(call.language);
  const taskId = taskIdOf(given);
  const isAdmin = mayManageGuild(call);
  if (isAdmin && taskId !== undefined) return taskId;
  await replies.privately(call, isAdmin ? answers.notUnderstood : usageCommand.needsManageServer);
  return undefined;
}

/** The button back to the list of unconfirmed charges. */
const list: ComponentHandler = {
  action: HOLD_ACTIONS.list,
  async run(call, _id, services) {
    const { replies } = services;
    if (mayManageGuild(call)) return listHolds(call, services, inPlace(replies));
    await replies.privately(call, messagesFor(call.language).usageCommand.needsManageServer);
  },
};

/** The menu of unconfirmed charges: shows the chosen one, with a button for each way to resolve it. */
const choose: ComponentHandler = {
  action: HOLD_ACTIONS.choose,
  async run(call, _id, services) {
    const taskId = await meantTask(call, call.values[0], services);
    if (taskId !== undefined) await showHold(call, services, inPlace(services.replies), taskId);
  },
};

/** The button "Charged: another amount": opens a form. */
const typeAmount: ComponentHandler = {
  action: HOLD_ACTIONS.amount,
  async run(call, id, services) {
    const taskId = await meantTask(call, id, services);
    if (taskId === undefined) return;
    const currency = services.priceList?.currency ?? '';
    const form = amountForm(taskId, currency, messagesFor(call.language));
    await services.replies.openModal(call, form);
  },
};

async function resolve(
  call: Click,
  id: string,
  services: HoldServices,
  action: HoldAction,
): Promise<void> {
  const taskId = await meantTask(call, id, services);
  if (taskId === undefined) return;
  await actOnHold(call, services, inPlace(services.replies), { taskId, action });
}

function resolving(action: string, how: HoldAction): ComponentHandler {
  return { action, run: async (call, id, services) => resolve(call, id, services, how) };
}

/** The menu and the buttons under `/usage holds`. */
export const holdButtons: readonly ComponentHandler[] = [
  list,
  choose,
  typeAmount,
  resolving(HOLD_ACTIONS.quote, { kind: 'settle-at-quote' }),
  resolving(HOLD_ACTIONS.release, { kind: 'release' }),
  resolving(HOLD_ACTIONS.ask, { kind: 'ask-again' }),
];

/** The form with the amount of a charge, sent. */
export const holdAmount: ModalHandler = {
  action: HOLD_ACTIONS.amount,
  async run(call, id, services) {
    const amount = String(call.entered.get(AMOUNT_FIELD) ?? '');
    await resolve(call, id, services, { kind: 'settle', amount });
  },
};
