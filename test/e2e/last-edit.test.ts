import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { ApiRequest } from '../../src/simulators/discord/rest/request.ts';
import { isEndOf, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import {
  callVideo,
  endedMessage,
  hasClip,
  messagesAbout,
  tasksOf,
  linkButtons,
} from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  // Without ffmpeg: a smaller copy of an earlier clip would be one more upload.
  testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  await testbed.start();
});
afterEach(async () => {
  testbed.providers.knobs.jimmy.resultUrl.reset();
  testbed.providers.knobs.jimmy.taskMs = 0;
  testbed.discord.faults.clear();
  await testbed.ensureStarted();
});
afterAll(async () => testbed.close());

/** A public host, so that people may be shown the address; it is refused before anybody calls it. */
const PUBLIC_PLAIN = 'http://media.example.com/v.mp4';

const MESSAGE_ROUTE = '/webhooks/:app/:token/messages/:message';
const carriesFile = ({ files }: ApiRequest): boolean => files.length > 0;

/** The address that the message gives by its one button. */
async function addressByButton(call: InteractionHandle): Promise<string> {
  const ended = await endedMessage(testbed, call);
  const { text, attachments } = ended;
  const buttons = linkButtons(ended);
  expect(attachments).toEqual([]);
  expect(text).toMatch(
    /can't be attached here \(.+\): use the button below\nLink expires <t:\d+:\w>/,
  );
  expect(buttons).toMatchObject([{ customId: undefined, disabled: false }]);
  return buttons[0]?.url ?? '';
}

const CLIP = /^http:\/\/127\.0\.0\.1:\d+\/results\/\S+\.mp4$/;
const fewBytes = {
  alter: (payload: Record<string, unknown>) => ({ ...payload, attachment_size_limit: 100 }),
};

const dropFiles = (times: number, from: 'message' | 'answer' = 'message', route = /messages/) =>
  testbed.discord.faults.add({
    method: 'PATCH',
    route,
    when: carriesFile,
    times,
    action: { kind: 'drop-files', from },
  });

describe('a clip that is too large for the channel', () => {
  it('comes as its address, by the limit that the interaction names', async () => {
    const call = await callVideo(testbed, 'An elephant in a matchbox', {}, { send: fewBytes });
    expect(await addressByButton(call)).toMatch(CLIP);
  });

  it.each([
    ['code 40005', { message: 'Request entity too large', code: 40_005 }, 413],
    ['code 50045', { message: 'File uploaded exceeds the maximum size', code: 50_045 }, 400],
    ['a page of some proxy', '<html>413 Request Entity Too Large</html>', 413],
  ])('comes as its address when Discord refuses it with %s', async (what, body, status) => {
    const refusal = testbed.discord.faults.add({
      method: 'PATCH',
      route: MESSAGE_ROUTE,
      when: carriesFile,
      times: Infinity,
      action: { kind: 'answer', status, body },
    });
    const call = await callVideo(testbed, `An elephant in a larger matchbox, ${what}`);
    expect(await addressByButton(call)).toMatch(CLIP);
    expect(refusal.hits()).toBe(1);
  });
});

/** Makes the address that the provider gives so many characters long. */
const lengthened = (length: number): void =>
  testbed.providers.knobs.jimmy.resultUrl.always(({ path }) => {
    const id = /[^/?=]+$/.exec(decodeURIComponent(path))?.[0] ?? '';
    const url = `${testbed.providers.jimmy.url}/results/${id}.mp4?sign=`;
    return { kind: 'custom', url: url.padEnd(length, 's') };
  });

describe('the address of a clip', () => {
  it.each([
    [511, 'button'],
    [512, 'button'],
    [513, 'text'],
    [1900, 'file'],
    [3000, 'file'],
  ] as const)('of %i characters is given by the %s', async (length, place) => {
    lengthened(length);
    const call = await callVideo(testbed, `A thread of ${length} feet`, {}, { send: fewBytes });
    const ended = await endedMessage(testbed, call);
    const { content, attachments } = ended;
    const buttons = linkButtons(ended);
    const [note] = attachments;
    const noted = Buffer.from(testbed.discord.attachmentBytes(note?.id ?? '') ?? []).toString();
    const given = { button: buttons[0]?.url, text: content, file: noted.trim() }[place] ?? '';
    const address = /http:\S+/.exec(given)?.[0] ?? '';
    expect(address).toHaveLength(length);
    expect(new URL(address).pathname).toMatch(/^\/results\/.+\.mp4$/);
    expect([buttons.length, attachments.length]).toEqual(
      {
        button: [1, 0],
        text: [0, 0],
        file: [0, 1],
      }[place],
    );
    expect(note?.filename).toBe(place === 'file' ? 'link.txt' : undefined);
    expect(content.includes('http:')).toBe(place === 'text');
  });

  it.each([
    [500, 'button'],
    [600, 'text'],
    [3000, 'file'],
  ] as const)(
    'that people may try themselves is given too: %i, by the %s',
    async (length, place) => {
      const url = `${PUBLIC_PLAIN}?sign=`.padEnd(length, 's');
      testbed.providers.knobs.jimmy.resultUrl.always({ kind: 'custom', url });
      const call = await callVideo(testbed, `A balloon on a string of ${length} feet`);
      const ended = await endedMessage(testbed, call);
      const { content, attachments } = ended;
      const buttons = linkButtons(ended);
      expect(content).toContain('**was charged**');
      expect(buttons[0]?.url === url).toBe(place === 'button');
      expect(content.includes(`<${url}>`)).toBe(place === 'text');
      expect(attachments.map(({ filename }) => filename)).toEqual(
        place === 'file' ? ['link.txt'] : [],
      );
    },
  );

  it.each([
    ['called malformed', 400, 50_035],
    ['too large', 413, 40_005],
  ])('whose file is %s stands in an embed', async (what, status, code) => {
    lengthened(3000);
    testbed.discord.faults.add({
      method: 'PATCH',
      route: MESSAGE_ROUTE,
      when: carriesFile,
      times: Infinity,
      action: { kind: 'answer', status, body: { message: 'no', code } },
    });
    const call = await callVideo(testbed, `A ribbon that is ${what}`, {}, { send: fewBytes });
    const ended = await endedMessage(testbed, call);
    const { attachments, embeds } = ended;
    const buttons = linkButtons(ended);
    expect([attachments, buttons]).toEqual([[], []]);
    expect(embeds).toHaveLength(1);
    expect(embeds[0]?.['description']).toMatch(/^http:\S{2995}$/);
  });
});

/** Uploads of a clip to that message or interaction. */
const uploadsTo = (call: InteractionHandle): number =>
  testbed.discord.requests.filter(
    ({ files, path, fault }) =>
      files.length > 0 &&
      (path.includes(call.token) || path.includes(call.message()?.id ?? '')) &&
      (fault === 'drop-files' || fault === undefined),
  ).length;

describe('a last edit that Discord answers 200 without showing the file', () => {
  it.each(['message', 'answer'] as const)(
    'is made again until it does: the %s lacked it',
    async (from) => {
      const lost = dropFiles(2, from);
      const call = await callVideo(testbed, `A hat that is left behind, ${from}`);
      await endedMessage(testbed, call);
      expect(call.message()).toSatisfy(hasClip);
      expect([lost.hits(), uploadsTo(call)]).toEqual([2, 3]);
      expect(call.followUps()).toEqual([]);
    },
    20_000,
  );

  it('three times gives the address, on the same message, and is settled as ever', async () => {
    const caller = '140000000000000071';
    const lost = dropFiles(99);
    const prompt = 'A hat that is never found';
    const call = await callVideo(testbed, prompt, {}, { member: { id: caller } });
    expect(await addressByButton(call)).toMatch(CLIP);
    expect(lost.hits()).toBe(3);
    expect(messagesAbout(testbed, caller).map(({ id }) => id)).toEqual([call.message()?.id]);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
    const end: unknown = JSON.parse(
      await testbed.bot.waitForLine((line) => isEndOf(line, call.id)),
    );
    expect(end).toMatchObject({ outcome: 'delivered', money: 'settled', notified: true });
    expect(testbed.discord.notifications.filter(({ id }) => id === caller)).toEqual([]);
  }, 20_000);

  it('by the bot’s own token is made again as well, on the one new message', async () => {
    const caller = '140000000000000072';
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const call = await callVideo(testbed, 'A hat on a new hook', {}, { member: { id: caller } });
    testbed.discord.deleteMessage(await call.waitFor(({ text }) => text.includes('Generating')));
    const lost = dropFiles(1, 'message', /^\/channels\//);
    const delivered = testbed.discord.next('message-edited', hasClip);
    testbed.providers.knobs.jimmy.taskMs = 0;
    const { id, via } = await delivered;
    expect(via).toBe('channel');
    expect(lost.hits()).toBe(1);
    expect(messagesAbout(testbed, caller).map((message) => message.id)).toEqual([id]);
  }, 20_000);
});

const AUTOMOD = { message: 'Message was blocked by AutoMod', code: 200_000 };
const refuse = (body: object, status: number, when: (request: ApiRequest) => boolean) =>
  testbed.discord.faults.add({
    method: 'PATCH',
    route: /messages/,
    when,
    times: Infinity,
    action: { kind: 'answer', status, body },
  });

describe('a last edit that Discord refuses for its content', () => {
  it('by AutoMod for its words comes without the prompt, on the same message', async () => {
    const refusal = refuse(
      AUTOMOD,
      400,
      ({ json, files }) => files.length > 0 && JSON.stringify(json).includes('A sentence'),
    );
    const call = await callVideo(testbed, 'A sentence that AutoMod does not like');
    const message = await endedMessage(testbed, call);
    expect(message).toSatisfy(hasClip);
    expect(message.text).not.toContain('A sentence');
    expect(refusal.hits()).toBe(1);
  });

  it('by AutoMod on that message for good comes in a new one, without the prompt', async () => {
    const caller = '140000000000000085';
    const refusal = refuse(
      AUTOMOD,
      400,
      ({ path, files }) => files.length > 0 && path.includes('/webhooks/'),
    );
    const delivered = testbed.discord.next('message-edited', hasClip);
    await callVideo(testbed, 'A word on a wall', {}, { member: { id: caller } });
    const message = await delivered;
    expect(message.text).toContain(caller);
    expect(message.text).not.toContain('A word on a wall');
    expect(refusal.hits()).toBe(2);
  });

  it.each([
    ['explicit', 403, 20_009, 'Discord blocked the file as explicit'],
    ['an unknown code', 400, 40_998, "Discord didn't accept the file"],
    ['malformed', 400, 50_035, "Discord didn't accept the file"],
    ['forbidden to attach', 403, 50_013, 'the bot may not attach files in this channel'],
    ['too large', 413, 40_005, 'too large for this channel'],
  ])('as %s gives the link, and says why', async (what, status, code, why) => {
    refuse({ message: 'no', code }, status, carriesFile);
    const call = await callVideo(testbed, `A crate that is ${what}`);
    const { text } = await endedMessage(testbed, call);
    expect(text).toContain(`it can't be attached here (${why}): `);
  });
});

const malform = (when: (request: ApiRequest) => boolean, times = Infinity) =>
  testbed.discord.faults.add({
    method: 'PATCH',
    route: MESSAGE_ROUTE,
    when,
    times,
    action: { kind: 'answer', status: 400, body: { message: 'Invalid Form Body', code: 50_035 } },
  });

/** Whether a message would show anything but text. */
const hasParts = ({ json, files }: ApiRequest): boolean =>
  files.length > 0 || JSON.stringify(json).includes('"style":5');

describe('a last edit that Discord calls malformed', () => {
  it('for its file is sent again with its text alone, and the address in it', async () => {
    const refusal = malform(hasParts);
    const call = await callVideo(testbed, 'A letter in the wrong envelope');
    const ended = await endedMessage(testbed, call);
    const { text, attachments } = ended;
    const buttons = linkButtons(ended);
    expect([attachments, buttons]).toEqual([[], []]);
    expect(text).toMatch(
      /can't be attached here \(.+\): http:\/\/127\.0\.0\.1:\d+\/results\/\S+\.mp4\n/,
    );
    expect(refusal.hits()).toBe(1);
  });

  it('for its button is sent again with its text alone, and the address in it', async () => {
    const refusal = malform(hasParts);
    const call = await callVideo(testbed, 'A stamp on the wrong side', {}, { send: fewBytes });
    const ended = await endedMessage(testbed, call);
    const { text } = ended;
    const buttons = linkButtons(ended);
    expect(buttons).toEqual([]);
    expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/results\/\S+\.mp4\n/);
    expect(refusal.hits()).toBe(1);
  });

  it('of a task that failed is sent again', async () => {
    testbed.providers.knobs.jimmy.create.next({ kind: 'refused', reason: '提示词包含敏感信息' });
    const refusal = malform(({ json }) => JSON.stringify(json).includes('refused'), 1);
    const call = await callVideo(testbed, 'A letter that is returned twice');
    const { text } = await endedMessage(testbed, call);
    expect(text).toContain('Nothing was charged');
    expect(refusal.hits()).toBe(1);
  });
});

describe('a bot that is killed between two uploads', () => {
  it.each([
    ['beforeEffect', '140000000000000081'],
    ['beforeAnswer', '140000000000000082'],
  ] as const)(
    'of a file that Discord does not show (%s) goes on on the same message',
    async (moment, caller) => {
      const prompt = `A bridge that is crossed twice, ${moment}`;
      const lost = dropFiles(2);
      let uploads = 0;
      const dead = new Promise<void>((resolve) => {
        const remove = testbed.discord[moment](async (request: ApiRequest) => {
          if (request.files.length === 0) return;
          uploads += 1;
          if (uploads < 2) return;
          remove();
          await testbed.kill();
          resolve();
        });
      });
      const call = await callVideo(testbed, prompt, {}, { member: { id: caller } });
      await dead;
      await testbed.start();
      await call.waitFor(hasClip);
      await testbed.untilIdle();
      expect(lost.hits()).toBe(2);
      expect(messagesAbout(testbed, caller).map(({ id }) => id)).toEqual([call.message()?.id]);
      expect(tasksOf(testbed, prompt)).toHaveLength(1);
      const clips = testbed.discord
        .messages()
        .filter((message) => hasClip(message) && message.text.includes(caller));
      expect(clips).toHaveLength(1);
    },
    30_000,
  );
});
