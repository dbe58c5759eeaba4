import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MemberActor, OptionValue } from '../../src/simulators/discord/actors/api.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { buttonOf, madeVideo, privateAnswer } from './forms.ts';
import { taskIdOf } from './task-id-of.ts';
import { ANYFAST_MODEL, attachmentUrls, createsOf, fileFor } from './video-call.ts';

const JIMMY_MODEL = 'jimmy/seedance2.0-sp';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  await testbed.start();
});
afterEach(() => testbed.providers.knobs.jimmy.upload.reset());
afterAll(async () => testbed.close());

/** A video whose attachments are kept by the bot, and the click that makes it again. */
async function keptVideo(options: Readonly<Record<string, OptionValue>>) {
  const ada: MemberActor = testbed.discord.member();
  const call = await ada.slash(testbed.discord.channelId, 'video', options);
  const message = await madeVideo(testbed, call);
  const taskId = await taskIdOf(testbed, call);
  const urls = attachmentUrls(call);
  const media = join(testbed.folder, 'media');
  const areKept = (): boolean =>
    [...urls.keys()].every(
      (option) =>
        existsSync(media) &&
        readdirSync(media).some((store) =>
          existsSync(join(media, store, `${taskId}-${option}.kept`)),
        ),
    );
  await vi.waitUntil(areKept, { timeout: 30_000 });
  return { urls, again: async () => ada.click(message, buttonOf(message, 'again')) };
}

/** Discord's own file is gone, as when its message was deleted. */
function forget(urls: ReadonlyMap<string, string>, ...options: readonly string[]): void {
  for (const option of options) {
    // The address ends with the attachment's id and its name.
    const { pathname } = new URL(urls.get(option) ?? '');
    testbed.discord.removeAttachment(pathname.split('/').at(-2) ?? '');
  }
}

const bodyOf = (prompt: string, index: number): string =>
  JSON.stringify(createsOf(testbed, prompt)[index]?.body ?? null);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const uploads = () => testbed.providers.requests.filter(({ purpose }) => purpose === 'upload');

describe('Jimmy AI', () => {
  it('is given copies by its file upload, byte for byte, when Discord’s files are gone', async () => {
    const prompt = 'a boat of kept pictures';
    const options = { image1: fileFor('image1'), audio1: fileFor('audio1') };
    const { urls, again } = await keptVideo({ prompt, model: JIMMY_MODEL, ...options });
    forget(urls, 'image1', 'audio1');
    await madeVideo(testbed, await again());
    const sent = bodyOf(prompt, 1);
    const addresses = [...sent.matchAll(/"(http[^"]+\/uploads\/[^"]+)"/gu)].map(([, url]) => url);
    expect(addresses).toHaveLength(2);
    for (const url of urls.values()) expect(sent).not.toContain(url);
    const files = await Promise.all(
      addresses.map(async (url = '') => Buffer.from(await (await fetch(url)).arrayBuffer())),
    );
    expect(files.map(String)).toEqual(['image1', 'audio1']);
    expect(
      uploads()
        .slice(-2)
        .map(({ path }) => path),
    ).toEqual(['/api/open-api/v1/files/upload', '/api/open-api/v1/files/upload']);
  });

  it('is asked again where an upload fails, and gets one create', async () => {
    const prompt = 'a boat that is uploaded twice';
    const { again } = await keptVideo({ prompt, model: JIMMY_MODEL, image1: fileFor('image1') });
    const before = uploads().length;
    testbed.providers.knobs.jimmy.upload.next({ kind: 'server-error', status: 503 });
    await madeVideo(testbed, await again());
    expect(uploads()).toHaveLength(before + 2);
    expect(createsOf(testbed, prompt)).toHaveLength(2);
  });
});

describe('AnyFast', () => {
  it('is given pictures and sounds inside of the create, and videos by Discord’s address', async () => {
    const prompt = 'a boat inside of a create';
    const options = {
      image1: fileFor('image1'),
      video1: fileFor('video1'),
      audio1: fileFor('audio1'),
    };
    const { urls, again } = await keptVideo({ prompt, model: ANYFAST_MODEL, ...options });
    forget(urls, 'image1', 'audio1');
    await madeVideo(testbed, await again());
    const sent = bodyOf(prompt, 1);
    expect(sent).toContain(`data:image/png;base64,${base64('image1')}`);
    expect(sent).toContain(`data:audio/mpeg;base64,${base64('audio1')}`);
    expect(sent).toContain(JSON.stringify(urls.get('video1')));
  });

  it('gets nothing where Discord’s video is gone: it is named, and Pictures… is the way on', async () => {
    const prompt = 'a boat whose clip is gone';
    const options = { image1: fileFor('image1'), video1: fileFor('video1') };
    const { urls, again } = await keptVideo({ prompt, model: ANYFAST_MODEL, ...options });
    forget(urls, 'video1');
    const answer = await privateAnswer(await again());
    expect(answer.text).toBe(messagesFor('en').second.mediaGone('`video1`'));
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });
});
