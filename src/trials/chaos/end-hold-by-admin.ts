import type { HoldAction } from '../../app/hold-actions.ts';
import type { MemberActor } from '../../simulators/discord/actors/api.ts';
import { opensForm, privateAnswer, settled } from './answers.ts';
import { customIdIn } from './custom-ids.ts';

/** One end of an unconfirmed charge by an admin, in a channel. */
export interface AdminsEnd {
  readonly admin: MemberActor;
  readonly channelId: string;
  readonly taskId: string;
  readonly end: HoldAction;
}

/** Types the task's number and the way into `/usage holds`; the answer is not waited for. */
export async function endByOptions({ admin, channelId, taskId, end }: AdminsEnd): Promise<void> {
  await admin.slash(channelId, 'usage holds', optionsOf(taskId, end));
}

/** Chooses the task in the menu under `/usage holds`, and then the way by its button. */
export async function endByButtons({ admin, channelId, taskId, end }: AdminsEnd): Promise<void> {
  const list = await privateAnswer(await admin.slash(channelId, 'usage holds'));
  const menu = customIdIn(list, 'hold');
  if (list === undefined || menu === undefined) return;
  await settled(await admin.selectMenu(list, menu, [taskId], { raw: true }));
  const button = `${BUTTONS[end.kind]}:${taskId}`;
  const clicked = await admin.click(list, button, { raw: true });
  if (end.kind !== 'settle' || !(await opensForm(clicked))) return;
  await admin.modalSubmit(clicked, { amount: end.amount }, { raw: true });
}

const BUTTONS: Readonly<Record<HoldAction['kind'], string>> = {
  settle: 'hold-amount',
  'settle-at-quote': 'hold-quote',
  release: 'hold-release',
  'ask-again': 'hold-ask',
};

function optionsOf(task: string, end: HoldAction): Record<string, string> {
  switch (end.kind) {
    case 'settle':
      return { task, do: 'settle', amount: end.amount };
    case 'settle-at-quote':
      return { task, do: 'settle_at_quote' };
    case 'release':
      return { task, do: 'release' };
    case 'ask-again':
      return { task, do: 'ask_again' };
  }
}
