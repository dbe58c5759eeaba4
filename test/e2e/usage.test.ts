import { taskIdOf } from './task-id-of.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  InteractionHandle,
  MemberActor,
  OptionValue,
  SendOptions,
} from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';
import { parseCsv } from '../commands/parse-csv.ts';

const PRICED = 'jimmy/seedance2.0-mini-sp';
const UNPRICED = 'jimmy/seedance2.0-sp';
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', per: 'task' } },
};
const SUBCOMMANDS = ['show', 'export', 'holds'] as const;

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function stageWith(env: Readonly<Record<string, string>> = {}): Promise<Testbed> {
  const testbed = await startTestbed({ providers: { quick: true, taskMs: 0 }, env });
  open = testbed;
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
  return testbed;
}

const adminOf = ({ discord }: Testbed, locale = 'en-US'): MemberActor =>
  discord.member({ permissions: PERMISSION.manageGuild, locale });

const video = async (
  { discord }: Testbed,
  member: MemberActor,
  model: string,
): Promise<InteractionHandle> =>
  member.slash(discord.channelId, 'video', { prompt: 'a paper boat', model });

async function usage(
  { discord }: Testbed,
  member: MemberActor,
  subcommand: (typeof SUBCOMMANDS)[number],
  options: Readonly<Record<string, OptionValue>> = {},
  send: SendOptions = {},
): Promise<MessageView> {
  const handle = await member.slash(discord.channelId, `usage ${subcommand}`, options, send);
  const message = await handle.waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message;
}

const finished = async (handle: InteractionHandle): Promise<MessageView> =>
  handle.waitFor(({ attachments }) => attachments.length > 0);

async function holds(
  testbed: Testbed,
  admin: MemberActor,
  options: Readonly<Record<string, OptionValue>> = {},
): Promise<string> {
  return (await usage(testbed, admin, 'holds', options)).text;
}

/** What the exported file says of each task: quoted, settled, currency, state. */
async function exported(testbed: Testbed, admin: MemberActor): Promise<Map<string, string[]>> {
  const { attachments } = await usage(testbed, admin, 'export');
  const [file] = attachments;
  expect(file?.filename).toMatch(
    new RegExp(String.raw`^clapper-${testbed.discord.guildId}-\d{4}-\d{2}\.csv$`),
  );
  const bytes = testbed.discord.attachmentBytes(file?.id ?? '');
  const [head, ...rows] = parseCsv(Buffer.from(bytes ?? []).toString('utf8'));
  expect(head?.slice(6)).toEqual(['quoted', 'settled', 'currency', 'state']);
  return new Map(rows.map((row): [string, string[]] => [row[1] ?? '', row.slice(6)]));
}

/** A video whose create is answered by a fault of the provider: nobody knows whether it is made. */
async function heldVideo(testbed: Testbed, member: MemberActor): Promise<InteractionHandle> {
  testbed.providers.knobs.jimmy.create.next({ kind: 'server-error', status: 500 });
  const handle = await video(testbed, member, PRICED);
  await handle.waitFor(({ content }) => content.includes('not sent again'));
  return handle;
}

describe('what a server used', () => {
  it('is told in words, as a picture and as a file, with nothing unknown counted as zero', async () => {
    const testbed = await stageWith();
    const [admin, ada] = [adminOf(testbed), testbed.discord.member()];
    const priced = await video(testbed, ada, PRICED);
    const unpriced = await video(testbed, ada, UNPRICED);
    await Promise.all([finished(priced), finished(unpriced)]);
    const held = await heldVideo(testbed, ada);

    const shown = await usage(testbed, admin, 'show');
    expect(shown.text).toContain('Today: 3 videos, 15 seconds, $1.80\n');
    expect(shown.text).toContain('(UTC): 3 videos, 15 seconds, $1.80 + 1 without a known price\n');
    expect(shown.text).toContain(
      '- charged: 2 videos, 10 seconds, $0.90 + 1 without a known price',
    );
    expect(shown.text).toContain('- unconfirmed, see `/usage holds`: 1 video, 5 seconds, $0.90');
    expect(shown.text).toContain(`**#1** <@${ada.id}>: 3 videos`);
    expect(shown.text).toContain('SP: 1 video, 5 seconds, no known price');
    const [picture] = shown.attachments;
    expect(picture).toMatchObject({ filename: 'usage.png', contentType: 'image/png' });
    expect(picture?.size).toBeLessThan(200_000);
    const [shownFile] = JSON.stringify(shown.components).match(/[^/"]*usage\.png/) ?? [];
    expect(shownFile).toContain('usage.png');

    expect(await exported(testbed, admin)).toEqual(
      new Map([
        [await taskIdOf(testbed, priced), ['0.90', '0.90', 'USD', 'settled']],
        [await taskIdOf(testbed, unpriced), ['', '', '', 'settled']],
        [await taskIdOf(testbed, held), ['0.90', '', 'USD', 'held']],
      ]),
    );
  });

  it('is told of one member alone, and in the language of the caller', async () => {
    const testbed = await stageWith();
    const [admin, ada, bob] = [
      adminOf(testbed, 'zh-CN'),
      testbed.discord.member(),
      testbed.discord.member(),
    ];
    await finished(await video(testbed, ada, PRICED));
    const { text } = await usage(testbed, admin, 'show', { member: bob });
    expect(text).toContain(`### <@${bob.id}> 的用量`);
    expect(text).toContain('今天：0 个视频');
    const her = await usage(testbed, admin, 'show', { member: ada });
    expect(her.text).toContain('今天：1 个视频');
    expect(her.attachments).toHaveLength(1);
  });

  it('is nothing for a month without videos, and no month is guessed', async () => {
    const testbed = await stageWith();
    const admin = adminOf(testbed);
    const empty = await usage(testbed, admin, 'export', { month: '2020-01' });
    expect(empty.content).toBe('No video was requested in January 2020.');
    expect(empty.attachments).toHaveLength(0);
    expect((await usage(testbed, admin, 'show')).attachments).toHaveLength(0);
    const answers = await Promise.all(
      (['show', 'export'] as const).map(async (subcommand) =>
        usage(testbed, admin, subcommand, { month: 'last' }),
      ),
    );
    for (const { content } of answers) expect(content).toContain('such as `2026-11`');
  });
});

describe('a member without the permission', () => {
  it.each(SUBCOMMANDS)('is refused %s, whatever a stale client shows', async (subcommand) => {
    const testbed = await stageWith();
    const ada = testbed.discord.member();
    const held = await heldVideo(testbed, ada);
    const options =
      subcommand === 'holds' ? { task: await taskIdOf(testbed, held), do: 'release' } : {};
    const answer = await usage(testbed, ada, subcommand, options, { raw: true });
    expect(answer.content).toContain('**Manage Server**');
    expect(answer.attachments).toHaveLength(0);
    expect(await holds(testbed, adminOf(testbed))).toContain(await taskIdOf(testbed, held));
  });
});

describe('a held video', () => {
  it('is listed, settled at a typed amount or released, once', async () => {
    const testbed = await stageWith();
    const [admin, ada] = [adminOf(testbed), testbed.discord.member()];
    const first = await heldVideo(testbed, ada);
    const second = await heldVideo(testbed, ada);
    const third = await heldVideo(testbed, ada);

    const list = await holds(testbed, admin);
    expect(list).toContain('**3 unconfirmed charges.**');
    const ids = await Promise.all(
      [first, second, third].map(async (handle) => taskIdOf(testbed, handle)),
    );
    const [task = '', secondId = '', thirdId = ''] = ids;
    for (const id of ids) expect(list).toContain(`\`${id}\``);
    expect(list).toContain("the provider never confirmed the request · provider's number unknown");

    expect(await holds(testbed, admin, { task, do: 'ask_again' })).toContain('is unknown');
    expect(await holds(testbed, admin, { task, do: 'settle', amount: '1.250001' })).toBe(
      `Video \`${task}\` is marked as charged: $1.250001.`,
    );
    expect(await holds(testbed, admin, { task, do: 'release' })).toContain(
      'has no unconfirmed charge here',
    );
    expect(await holds(testbed, admin, { task: secondId, do: 'release' })).toContain(
      'is marked as not charged',
    );
    expect(await holds(testbed, admin, { task: thirdId, do: 'settle_at_quote' })).toContain(
      'is marked as charged: $0.90.',
    );

    expect(await holds(testbed, admin)).toBe('There are no unconfirmed charges.');
    expect(await exported(testbed, admin)).toEqual(
      new Map([
        [task, ['0.90', '1.250001', 'USD', 'settled']],
        [secondId, ['0.90', '', 'USD', 'released']],
        [thirdId, ['0.90', '0.90', 'USD', 'settled']],
      ]),
    );
    const { text } = await usage(testbed, admin, 'show');
    expect(text).toContain('Today: 2 videos, 10 seconds, $2.150001\n');
    expect(text).toContain('- not charged: 1 video');
  });

  it('is delivered after all where the provider is asked again and has finished it', async () => {
    const testbed = await stageWith({ TASK_TIMEOUT_MINUTES: '0.02', POLL_MIN_MS: '50' });
    const [admin, ada] = [adminOf(testbed), testbed.discord.member()];
    const { jimmy } = testbed.providers.knobs;
    jimmy.taskMs = Number.POSITIVE_INFINITY;
    const handle = await video(testbed, ada, PRICED);
    await handle.waitFor(({ content }) => content.includes("didn't finish in time"));
    const [made] = testbed.providers.tasks;
    const list = await holds(testbed, admin);
    expect(list).toContain(`provider's number \`${made?.id}\``);
    expect(list).toContain('not finished in time');

    jimmy.taskMs = 0;
    expect(
      await holds(testbed, admin, { task: await taskIdOf(testbed, handle), do: 'ask_again' }),
    ).toContain('is being asked again');
    const { attachments } = await finished(handle);
    expect(attachments[0]?.filename).toMatch(/\.mp4$/);
    expect(testbed.providers.acceptedCreates()).toBe(1);
    expect(await holds(testbed, admin)).toBe('There are no unconfirmed charges.');
    expect(await exported(testbed, admin)).toEqual(
      new Map([[await taskIdOf(testbed, handle), ['0.90', '0.90', 'USD', 'settled']]]),
    );
  });
});
