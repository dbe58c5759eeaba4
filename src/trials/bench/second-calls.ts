import { z } from 'zod';
import type { BenchTestbed } from './bench-testbed.ts';
import type { Call } from './world/call.ts';
import { createIds, guildIdOf, memberIdOf, typingInteraction } from './world/interaction.ts';
import type { Place } from './world/interaction.ts';
import { clickInteraction, formInteraction } from './world/second-interaction.ts';

/** A finished video, in a server of its own. */
export interface Source {
  readonly guildId: string;
  readonly taskId: string;
}

/** One kind of interaction, and the type of our answer that is no refusal. */
interface Kind {
  readonly interaction: (place: Place, taskId: string) => { readonly id: string };
  readonly answer: number;
}

const DEFERRED = 5;
const SUGGESTIONS = 8;
const FORM = 9;

/** In equal parts, one after the other. */
const KINDS: readonly Kind[] = [
  {
    interaction: (place, taskId) => clickInteraction(place, `again:${taskId}`),
    answer: DEFERRED,
  },
  {
    interaction: (place, taskId) => clickInteraction(place, `edit:${taskId}`),
    answer: FORM,
  },
  {
    interaction: (place, taskId) =>
      formInteraction(place, `edited:${taskId}`, `A calm sea, take ${place.id}`),
    answer: DEFERRED,
  },
  {
    interaction: (place) => typingInteraction(place, 'seed'),
    answer: SUGGESTIONS,
  },
];

/** So many calls use each kind on each of some sources once. */
export const callsForAll = (sources: number): number => sources * KINDS.length;

/** May see the channel, write there and use commands; of administrators the bot checks less. */
const ORDINARY = String((1n << 10n) | (1n << 11n) | (1n << 31n));

/** The members who click are none of those who made the first videos. */
const FIRST_CLICKER = 100_000;

/** An interaction that was sent, and the type of our answer. */
export interface SecondCall {
  readonly call: Call;
  readonly expected: number;
}

const nextId = createIds();

/**
 * Sends the interaction with this number to a bot. Each is of another member, so that none is
 * somebody's second click on the same button.
 */
export function sendSecond(
  { discord }: BenchTestbed,
  serial: number,
  sources: readonly Source[],
): SecondCall {
  const kind = KINDS[serial % KINDS.length];
  const source = sources[Math.floor(serial / KINDS.length) % sources.length];
  if (kind === undefined || source === undefined) throw new Error('nothing to click');
  const { guildId, taskId } = source;
  const memberId = memberIdOf(FIRST_CLICKER + serial);
  const place = { id: nextId(), guildId, memberId, permissions: ORDINARY };
  return { call: discord.sendAny(kind.interaction(place, taskId)), expected: kind.answer };
}

const answerSchema = z.object({ type: z.number() });

/** Throws if our bot answered with anything else, such as a refusal, which is quick. */
export function checkAnswer({ call, expected }: SecondCall): void {
  const [body = ''] = call.bodies;
  const { type } = answerSchema.parse(JSON.parse(body));
  if (type !== expected) throw new Error(`answered with ${body}`);
}

/** Makes a video by a `/video`, and finds its task in the buttons under it. */
export async function makeSource({ discord }: BenchTestbed, serial: number): Promise<Source> {
  const guildId = guildIdOf(serial);
  const memberId = memberIdOf(serial);
  const call = discord.send({ id: nextId(), guildId, memberId, prompt: `A calm sea, ${serial}` });
  await call.delivered;
  const taskId = /"again:(\d+)"/.exec(call.bodies.join('\n'))?.[1];
  if (taskId === undefined) throw new Error('a video without the button "Again"');
  return { guildId, taskId };
}
