import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  InteractionHandle,
  MemberActor,
  OptionValue,
} from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';

const MODEL = 'jimmy/seedance2.0-mini-sp';
/** One dollar a video, so that a limit of dollars is one of videos. */
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '1.00', per: 'task' } },
};
const MANY = { MAX_ACTIVE_PER_USER: '100', MAX_ACTIVE_PER_GUILD: '100' };
const ARTISTS = '140000000000000001';
const ADMIN = '150000000000000001';

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function stageWith(env: Readonly<Record<string, string>> = {}): Promise<Testbed> {
  const testbed = await startTestbed({
    providers: { quick: true, taskMs: 0 },
    env: { ...MANY, ...env },
  });
  open = testbed;
  testbed.discord.world.addRole(testbed.discord.guildId, { id: ARTISTS, name: 'artists' });
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
  return testbed;
}

const adminOf = ({ discord }: Testbed): MemberActor =>
  discord.member({ id: ADMIN, permissions: PERMISSION.manageGuild });

async function answerTo(handle: Promise<InteractionHandle>): Promise<string> {
  const message = await (await handle).waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message.text;
}

const call = async (
  { discord }: Testbed,
  member: MemberActor,
  command: string,
  options: Readonly<Record<string, OptionValue>> = {},
): Promise<string> => answerTo(member.slash(discord.channelId, command, options));

const video = async ({ discord }: Testbed, member: MemberActor): Promise<InteractionHandle> =>
  member.slash(discord.channelId, 'video', { prompt: 'a paper boat', model: MODEL });

/** Sends all at once; tells how many became tasks, and in what words the others were refused. */
async function sendAll(testbed: Testbed, members: readonly MemberActor[]) {
  const handles = await Promise.all(members.map(async (member) => video(testbed, member)));
  const answers = await Promise.all(handles.map(async (handle) => handle.acknowledged));
  const accepted = handles.filter((_, index) => answers[index]?.kind === 'deferred-message');
  const refused = handles.filter((handle) => !accepted.includes(handle));
  return {
    accepted,
    refusals: refused.map((handle) => handle.message()?.content ?? ''),
  };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

const delivered = async (handles: readonly InteractionHandle[]): Promise<unknown> =>
  Promise.all(
    handles.map(async (handle) => handle.waitFor(({ attachments }) => attachments.length > 0)),
  );

async function setTheHouseRules(testbed: Testbed): Promise<void> {
  const admin = adminOf(testbed);
  const rules = [
    ['everyone', { measure: 'videos', window: 'day', limit: '5' }],
    ['role', { measure: 'videos', window: 'day', limit: '20', role: { id: ARTISTS } }],
    ['server', { measure: 'cost', window: 'month', limit: '30' }],
  ] as const;
  for (const [target, rule] of rules) {
    expect(await call(testbed, admin, `quota set ${target}`, rule)).toContain('Limit set: ');
  }
}

describe('five a day for everyone, twenty for artists, 30 dollars a month for the server', () => {
  it('lets through exactly as many as are left of everybody who calls at once', async () => {
    const testbed = await stageWith();
    await setTheHouseRules(testbed);
    const [ada, ben] = [testbed.discord.member(), testbed.discord.member()];
    const artist = testbed.discord.member({ roles: [ARTISTS] });

    const first = await sendAll(testbed, times(10, ada));
    expect(first.accepted).toHaveLength(5);
    expect(first.refusals).toHaveLength(5);
    for (const refusal of first.refusals) {
      expect(refusal).toContain(
        '**Daily limit for everyone reached** (5 of 5 videos); this needs 1 video.',
      );
      expect(refusal).toMatch(/Resets <t:\d+:f> \(<t:\d+:R>\)/);
    }

    const second = await sendAll(testbed, times(25, artist));
    expect(second.accepted).toHaveLength(20);
    expect(second.refusals[0]).toContain(
      `**Daily limit for <@&${ARTISTS}> reached** (20 of 20 videos)`,
    );

    // Of 30 dollars 25 are spent: of ten people who may still call, five come through.
    const strangers = times(10, 0).map(() => testbed.discord.member());
    const third = await sendAll(testbed, [...strangers, ...times(5, ben)]);
    expect(third.accepted).toHaveLength(5);
    for (const refusal of third.refusals) {
      expect(refusal).toContain(
        '**Monthly limit of this server reached** ($30.00 of $30.00); this needs $1.00.',
      );
    }

    await delivered([...first.accepted, ...second.accepted, ...third.accepted]);
    expect(testbed.providers.acceptedCreates()).toBe(30);
    expect(await call(testbed, ada, 'quota show')).toContain(
      '**5 videos a day for each member**: 5 videos used, 0 videos left',
    );
  });

  it('decides by the roles of each request', async () => {
    const testbed = await stageWith();
    await setTheHouseRules(testbed);
    const id = testbed.discord.member({ roles: [ARTISTS] }).id;
    const before = await sendAll(
      testbed,
      times(6, testbed.discord.member({ id, roles: [ARTISTS] })),
    );
    expect(before.accepted).toHaveLength(6);

    const after = await sendAll(testbed, [testbed.discord.member({ id, roles: [] })]);
    expect(after.refusals).toEqual([
      expect.stringContaining('Daily limit for everyone reached** (6 of 5 videos);'),
    ]);
  });
});

describe('a grant', () => {
  it('lets exactly one member past the limit for everyone, by as much, also after a crash', async () => {
    const testbed = await stageWith();
    const { discord } = testbed;
    const admin = adminOf(testbed);
    const [ada, ben] = [discord.member(), discord.member()];
    const limit = { measure: 'videos', window: 'day', limit: '2' };
    await call(testbed, admin, 'quota set everyone', limit);
    const server = { measure: 'cost', window: 'month', limit: '$6' };
    expect(await call(testbed, admin, 'quota set server', server)).toContain('$6.00 a month');
    expect((await sendAll(testbed, times(3, ada))).accepted).toHaveLength(2);

    const grant = { member: ada, measure: 'videos' };
    expect(await call(testbed, admin, 'quota grant', { ...grant, amount: '1' })).toContain(
      '**2 videos a day for each member** → **3 videos**',
    );
    await call(testbed, admin, 'quota grant', { ...grant, amount: '1' });
    await testbed.kill();
    await testbed.start();

    const more = await sendAll(testbed, [...times(6, ada), ben]);
    expect(more.accepted).toHaveLength(3);
    expect(more.refusals[0]).toContain(
      'Daily limit for everyone reached** (4 of 4 videos, including 2 videos granted)',
    );
    expect(await call(testbed, ada, 'quota show')).toContain(
      '**4 videos a day for each member, including 2 videos granted**: 4 videos used, 0 videos left',
    );
    expect(await call(testbed, admin, 'quota list')).toContain(
      `<@${ada.id}>: 2 videos more a day, until`,
    );
    // The server's limit stands: of 6 dollars 5 are spent.
    await call(testbed, admin, 'quota grant', { ...grant, amount: '9' });
    expect((await sendAll(testbed, times(2, ada))).accepted).toHaveLength(1);
    expect(
      await call(testbed, admin, 'quota grant', { ...grant, measure: 'cost', amount: '€5' }),
    ).toContain('amounts here are in USD');
  });
});

describe('a request that no reset helps', () => {
  it('is told what is used, what it needs and when the window ends all the same', async () => {
    const testbed = await stageWith();
    const admin = adminOf(testbed);
    const ada = testbed.discord.member();
    const day = { window: 'day' };
    await call(testbed, admin, 'quota set everyone', { ...day, measure: 'cost', limit: '9' });
    expect(
      await call(testbed, ada, 'video', { prompt: 'a boat', model: 'jimmy/seedance2.0-sp' }),
    ).toMatch(
      /counts cost\*\* \(\$0\.00 of \$9\.00 used\), and the price of this video is unknown\. Resets <t:/,
    );

    const none = { ...day, measure: 'videos', limit: '0' };
    const asked = await admin.slash(testbed.discord.channelId, 'quota set everyone', none);
    const question = await asked.waitFor(({ loading }) => !loading);
    expect(question.ephemeral).toBe(true);
    expect(question.content).toContain(
      '**0 videos a day for each member** means that `/video` stops',
    );
    await delivered((await sendAll(testbed, [ada])).accepted);
    // The question is kept in the store: the same button works after a crash.
    await testbed.kill();
    await testbed.start();
    const click = await admin.click(question, `apply:${asked.id}`);
    expect(
      (await click.waitFor(({ content }) => content.startsWith('Limit set: '))).content,
    ).toContain('Limit set: **0 videos a day for each member**.');
    expect((await sendAll(testbed, [ada])).refusals[0]).toMatch(
      /Daily limit for everyone is 0\*\*, so videos aren't allowed\. Used: 1 video; this needs 1 video\. Resets <t:\d+:f>/,
    );
  });
});

describe('the operator’s budget', () => {
  it('tells when it starts anew, at the next midnight UTC', async () => {
    const testbed = await stageWith({ BUDGET_DAY: '1' });
    const ada = testbed.discord.member();
    await delivered((await sendAll(testbed, [ada])).accepted);
    const [refusal = ''] = (await sendAll(testbed, [ada])).refusals;
    const [, seconds = ''] = /used up.*UTC: <t:(\d+):f> \(<t:\1:R>\)/.exec(refusal) ?? [];
    expect(Number(seconds) % 86_400).toBe(0);
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(refusal).not.toContain('$');
  });
});

describe('what admins change', () => {
  it('counts for the next request while tasks run, and stands in the audit', async () => {
    const testbed = await stageWith();
    const { discord, providers } = testbed;
    const admin = adminOf(testbed);
    const ada = discord.member();
    providers.knobs.jimmy.taskMs = Infinity;
    const limit = { measure: 'videos', window: 'day' };
    await call(testbed, admin, 'quota set everyone', { ...limit, limit: '2' });
    const running = await sendAll(testbed, [ada, ada]);
    expect(running.accepted).toHaveLength(2);

    expect(await call(testbed, admin, 'quota set everyone', { ...limit, limit: '1' })).toContain(
      'Limit changed to **1 video a day for each member** (was 2 videos).',
    );
    const lowered = await sendAll(testbed, [ada]);
    expect(lowered.refusals[0]).toContain('(2 of 1 video); this needs 1 video.');

    providers.knobs.jimmy.taskMs = 0;
    await delivered(running.accepted);
    await call(testbed, admin, 'quota set everyone', { ...limit, limit: '3' });
    expect((await sendAll(testbed, [ada, ada])).accepted).toHaveLength(1);
    await call(testbed, admin, 'quota clear everyone', limit);
    expect((await sendAll(testbed, [ada])).accepted).toHaveLength(1);

    const lines = (await call(testbed, admin, 'settings audit')).split('\n').slice(1);
    const who = `<@${ADMIN}>: **limit for each member: videos a day**`;
    expect(lines.map((line) => line.replace(/^- <t:\d+:f> /, ''))).toEqual([
      `${who}: 3 → none`,
      `${who}: 1 → 3`,
      `${who}: 2 → 1`,
      `${who}: none → 2`,
    ]);
  });

  it('outlives a crash', async () => {
    const testbed = await stageWith();
    await setTheHouseRules(testbed);
    const admin = adminOf(testbed);
    const ada = testbed.discord.member();
    await delivered((await sendAll(testbed, [ada])).accepted);
    const before = await call(testbed, admin, 'quota list');
    await testbed.kill();
    await testbed.start();

    expect(await call(testbed, admin, 'quota list')).toBe(before);
    expect((await sendAll(testbed, times(6, ada))).accepted).toHaveLength(4);
  });
});

describe('who may', () => {
  it('refuses the admins’ sub-commands to a member, whatever Discord let through', async () => {
    const testbed = await stageWith();
    const { discord } = testbed;
    const ada = discord.member();
    const other = discord.member();
    const commands: [string, Record<string, OptionValue>][] = [
      ['quota set everyone', { measure: 'videos', window: 'day', limit: '5' }],
      ['quota grant', { member: other, measure: 'videos', amount: '5' }],
      ['quota clear server', { measure: 'videos', window: 'day' }],
      ['quota list', {}],
      ['quota show', { member: other }],
      ['settings show', {}],
      ['settings set words', { word_add: 'boat' }],
      ['settings audit', {}],
    ];
    const answers = await Promise.all(
      commands.map(async ([command, options]) =>
        answerTo(ada.slash(discord.channelId, command, options, { raw: true })),
      ),
    );
    expect(answers).toEqual(
      commands.map(() => 'Only members with the **Manage Server** permission can do this.'),
    );
    expect(await call(testbed, adminOf(testbed), 'settings audit')).toBe(
      'Nothing has been changed here yet.',
    );
    await expect(ada.slash(discord.channelId, 'settings show')).rejects.toThrow('not offered');
  });

  it('shows everybody what is used, and admins what others used', async () => {
    const testbed = await stageWith();
    const ada = testbed.discord.member({ locale: 'zh-CN' });
    await delivered((await sendAll(testbed, [ada])).accepted);

    expect(await call(testbed, ada, 'quota show')).toContain('- 今天：1 个视频、5 秒、US$1.00');
    expect(await call(testbed, adminOf(testbed), 'quota show', { member: ada })).toBe(
      [
        `**Limits of <@${ada.id}>**`,
        'No limit applies. Used so far:',
        '- today: 1 video, 5 seconds and $1.00',
        '- this week: 1 video, 5 seconds and $1.00',
        '- this month: 1 video, 5 seconds and $1.00',
        '- in total: 1 video, 5 seconds and $1.00',
      ].join('\n'),
    );
  });
});
