import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { endByButtons, endByOptions } from './end-hold-by-admin.ts';
import { isHeld } from '../../domain/ledger/money-sides.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { MemberActor } from '../../simulators/discord/actors/api.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { pick, pickFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import { operatorBox, storeNameOf } from './operator-box.ts';
import { readStore, storeOf } from './read-store.ts';
import type { RequestedEnd } from './evidence.ts';
import type { Incidents } from './incidents.ts';
import type { Supervisor } from './supervisor.ts';
import { PLANNED_ENDS } from './planned-ends.ts';

/** The admins who end unconfirmed charges, and all requests made so far. */
export interface HoldControl {
  /** One for each guild. */
  readonly admins: readonly MemberActor[];
  readonly requests: RequestedEnd[];
}

interface HoldRound {
  readonly testbed: Testbed;
  readonly dice: Dice;
  readonly supervisor: Supervisor;
  readonly incidents: Incidents;
  readonly holds: HoldControl;
}

/** Requests an end of one unconfirmed charge, if there is one. */
export async function endOneHold(round: HoldRound, label: string): Promise<void> {
  const held = await heldTasks(round.testbed);
  const task = pickFrom(held, round.dice('hold', label));
  if (task !== undefined) await endHold(round, task, label);
}

/** Requests an end of every unconfirmed charge, perhaps with a kill; resolves when all are answered. */
export async function endAllHolds(
  round: HoldRound,
  { limitMs, kills }: { readonly limitMs: number; readonly kills: boolean },
): Promise<void> {
  const { testbed, dice, supervisor, incidents, holds } = round;
  await supervisor.ready(limitMs);
  for (const [index, task] of (await heldTasks(testbed)).entries()) {
    await endHold(round, task, `last ${index}`);
  }
  if (kills && holds.requests.length > 0) {
    // The bot checks for the operator's requests once a second.
    await wait(dice('kill at the desk') * 1100);
    incidents.record('calm:killed while ending holds');
    await supervisor.end('SIGKILL');
    await supervisor.ready(limitMs);
  }
  await untilAnswered(round, limitMs);
}

async function heldTasks(testbed: Testbed): Promise<Task[]> {
  const { tasks } = await readStore(storeOf(testbed));
  return [...tasks.values()].filter(isHeld);
}

async function endHold(
  { testbed, dice, incidents, holds }: HoldRound,
  { id: taskId, guildId }: Task,
  label: string,
): Promise<void> {
  await Promise.all(
    pick(PLANNED_ENDS, dice('wishes', label, taskId)).map(async ({ by, end }) => {
      incidents.record(`hold:${by} ${end.kind}`);
      if (by === 'admin') {
        holds.requests.push({ by, taskId, end });
        const admin = holds.admins.find((one) => one.guildId === guildId);
        const [channel] = testbed.discord.world.guild(guildId)?.channels.values() ?? [];
        if (admin === undefined || channel === undefined) throw new Error('no admin or channel');
        const endIt = dice('by buttons', label, taskId) < 0.5 ? endByButtons : endByOptions;
        await endIt({ admin, channelId: channel.id, taskId, end });
      } else {
        const requestId = randomUUID();
        holds.requests.push({ by, taskId, end, requestId });
        const store = await storeNameOf(testbed);
        await operatorBox(testbed).put({
          version: 1,
          id: requestId,
          store,
          taskId,
          end,
        });
      }
    }),
  );
}

const CHECK_EVERY_MS = 50;

async function untilAnswered({ testbed, holds }: HoldRound, limitMs: number): Promise<void> {
  const box = operatorBox(testbed);
  const until = Date.now() + limitMs;
  for (const request of holds.requests) {
    if (request.by === 'admin' || request.isGone === true) continue;
    while (request.isDone === undefined && Date.now() < until) {
      const answer = await box.readAnswer(request.requestId);
      if (answer !== undefined) request.isDone = answer.isDone;
      else await wait(CHECK_EVERY_MS);
    }
  }
}
