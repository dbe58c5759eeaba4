import { afterAll, beforeAll, expect, it } from 'vitest';
import { addReady } from './assets.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { NAMED, assetBodyCases } from './provider-assets.table.ts';
import type { AssetBodyCase } from './provider-assets.table.ts';
import { attachmentUrls, callVideo, fileFor, hasClip } from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  await testbed.start();
  await Promise.all(
    Object.entries(NAMED).map(async ([name, kind]) =>
      addReady(testbed, { name, kind, file: fileFor(`${kind}1`) }),
    ),
  );
}, 120_000);
afterAll(async () => testbed.close());

/** The address of a named medium in the library of the model's provider. */
function assetUrl(model: string, name: string): string | undefined {
  const kind = Object.entries(NAMED).find(([known]) => known === name)?.[1];
  const own = testbed.providers.assets.find(
    (asset) => model.startsWith(`${asset.provider}/`) && asset.kind === kind,
  );
  return own && `asset://${own.id}`;
}

it.each(assetBodyCases.map((one) => [one.model, one.prompt, one] as const))(
  '%s: %s',
  async (_model, _prompt, { model, prompt, media, expected }: AssetBodyCase) => {
    const { requests } = testbed.providers;
    const before = requests.length;
    const files = Object.fromEntries(media.map((option) => [option, fileFor(option)]));
    const call = await callVideo(testbed, prompt, { model, ...files });
    await call.waitFor(hasClip);
    const urls = attachmentUrls(call);
    const filled = JSON.stringify(expected).replaceAll(
      /\{\{(\w+)\}\}/g,
      (_whole, name: string) => urls.get(name) ?? assetUrl(model, name) ?? 'missing',
    );
    const creates = requests.slice(before).filter(({ purpose }) => purpose === 'create');
    expect(creates.map(({ body }) => body)).toEqual([JSON.parse(filled)]);
  },
);
