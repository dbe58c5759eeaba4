import { privateAnswer } from './answers.ts';
import { READY_MS } from './backstops.ts';
import { clickerOf } from './clickers.ts';
import { subjectOf } from './custom-ids.ts';
import { pickFrom } from './dice.ts';
import { videosWith } from './find-buttons.ts';
import type { RoundContext } from './round-context.ts';
import type { ScriptStep } from './script-step.ts';

/**
 * Shares, reports or deletes a video through its menu ⋯, once or twice. The menu offers a member what
 * they may do; one who may not uses the button all the same, as a hostile client would.
 */
export async function useMenu(
  context: RoundContext,
  { number, deed: kind, times, by }: Extract<ScriptStep, { kind: 'menu' }>,
): Promise<void> {
  await context.supervisor.ready(READY_MS);
  const found = pickFrom(videosWith(context, 'more'), context.dice('menu of', number));
  if (found === undefined) return;
  const { command, message, customId } = found;
  const member = clickerOf(context, command, by, number);
  if (member === undefined) return;
  const taskId = subjectOf(customId);
  const menu = await privateAnswer(await member.click(message, customId, { raw: true }));
  if (menu === undefined) return;
  const question =
    kind === 'delete' && by === 'caller'
      ? await privateAnswer(await member.click(menu, `delete:${taskId}`, { raw: true }))
      : menu;
  if (question === undefined) return;
  const action = kind === 'delete' ? 'delete-yes' : kind;
  for (let time = 0; time < times; time += 1) {
    const handle = await member.click(question, `${action}:${taskId}`, { raw: true });
    context.deeds.push({ kind, taskId, memberId: member.id, handle });
  }
}
