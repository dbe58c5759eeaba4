import { taskIdOf } from '../e2e/task-id-of.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';
import { readSamples } from './read-samples.ts';

const PRICED = 'jimmy/seedance2.0-mini-sp';
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', per: 'task' } },
};

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function portOf({ bot }: Testbed): Promise<number> {
  const line = await bot.waitForLine((text) => text.includes('"msg":"health server listening"'));
  return z.object({ port: z.number() }).parse(JSON.parse(line)).port;
}

it('shows what the bot did, with no id in any label', async () => {
  const env = { HTTP_PORT: '0', POLL_MIN_MS: '5', BUDGET_DAY: '50' };
  const testbed = await startTestbed({ providers: { quick: true, taskMs: 0 }, env });
  open = testbed;
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
  const address = `http://127.0.0.1:${await portOf(testbed)}/metrics`;
  const { discord, providers } = testbed;
  const ada = discord.member();
  const ask = async () =>
    ada.slash(discord.channelId, 'video', { prompt: 'a paper boat', model: PRICED });

  await (await ask()).waitFor(({ attachments }) => attachments.length > 0);
  providers.knobs.jimmy.taskMs = Number.POSITIVE_INFINITY;
  const running = await ask();
  const taskId = await taskIdOf(testbed, running);
  await testbed.bot.waitForLine(
    (line) => line.includes('create answered') && line.includes(taskId),
  );
  await testbed.bot.waitForLine((line) => line.includes('task ended'));

  const answer = await fetch(address);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const page = await answer.text();
  const found = readSamples(page);
  const reading = (name: string): number => found.get(name) ?? Number.NaN;
  expect(reading(`clapper_tasks_total{route="${PRICED}",outcome="delivered"}`)).toBe(1);
  expect(reading(`clapper_task_duration_seconds_count{route="${PRICED}"}`)).toBe(1);
  expect(reading(`clapper_video_requests_total{route="${PRICED}",answer="accepted"}`)).toBe(2);
  expect(reading('clapper_creates_total{provider="jimmy",answer="created"}')).toBe(2);
  expect(reading('clapper_polls_total{provider="jimmy",answer="finished"}')).toBe(1);
  expect(reading('clapper_message_edits_total{way="webhook",result="done"}')).toBeGreaterThan(0);
  expect(reading('clapper_acknowledgement_seconds_count')).toBe(2);
  expect(reading('clapper_store_write_seconds_count')).toBeGreaterThan(4);
  expect(reading('clapper_store_write_failures_total')).toBe(0);
  expect(reading('clapper_unfinished_tasks')).toBe(1);
  const amount = (state: string): number =>
    reading(`clapper_ledger_amount{window="day",state="${state}",currency="USD"}`);
  expect([amount('settled'), amount('reserved'), amount('held')]).toEqual([0.9, 0.9, 0]);
  expect(reading('clapper_budget_amount{window="day",currency="USD"}')).toBe(50);
  expect(reading('process_resident_memory_bytes')).toBeGreaterThan(0);
  const labels = [...page.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value);
  expect(labels).toContain(PRICED);
  // Neither a Discord id nor a task's number.
  expect(labels.filter((value) => /\d{15,}|vid_/.test(value))).toEqual([]);
});

it('does not exist if no port is set', async () => {
  const testbed = await startTestbed();
  open = testbed;
  await testbed.start();
  expect(testbed.bot.lines.some((line) => line.includes('health server'))).toBe(false);
});
