import { stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { OptionValue } from '../simulators/discord/actors/api.ts';
import { STARTING } from './starting.ts';
import { EXAMPLE_MODEL } from './example-model.ts';
import { EXAMPLE_PRICES } from './example-prices.ts';
import { projectRoot } from './project-root.ts';
import { fileAt } from './read-arguments.ts';
import type { SandboxJob } from './read-arguments.ts';
import { renderVersion } from './show-versions.ts';
import { startTestbed } from './testbed.ts';
import type { Testbed } from './testbed.ts';

/** A simulated job takes seconds; after this time something is broken. */
const BACKSTOP_MS = 180_000;

/** Runs one `/video` in the terminal. Resolves with the exit code: 0 if it delivered a clip. */
export async function runJob(job: SandboxJob, print: (text: string) => void): Promise<number> {
  await checkOutput(resolve(job.out));
  const testbed = await startTestbed({
    allProviders: true,
    discord: { backstopMs: BACKSTOP_MS },
    providers: { taskMs: 5000 },
    env: { PROGRESS_EDIT_MS: '1000' },
  });
  try {
    print(STARTING);
    await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(EXAMPLE_PRICES));
    await testbed.start();
    return await play(testbed, withDefaults(job), print);
  } finally {
    await testbed.close();
  }
}

/** Throws before the video is made if it could not be saved at this path. */
async function checkOutput(path: string): Promise<void> {
  if (await isFolder(path)) {
    throw new Error(`--out names a file, but ${path} is a folder. Add a name, such as clip.mp4.`);
  }
  if (!(await isFolder(dirname(path)))) {
    throw new Error(`--out: there is no folder ${dirname(path)}. Create it, or name another.`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Missing, or not to be read.
    return false;
  }
}

/** Adds the example model, and without a prompt also the example prompt and pictures. */
function withDefaults(job: SandboxJob): SandboxJob {
  const pictures = join(projectRoot(), 'src', 'sandbox', 'pictures');
  const hasPrompt = job.options['prompt'] !== undefined;
  const demo = {
    prompt: 'Night falls over the lake, slow push-in 夜幕降临',
    first_frame: fileAt(join(pictures, 'first-frame.jpg')),
    last_frame: fileAt(join(pictures, 'last-frame.jpg')),
  };
  return { ...job, options: { model: EXAMPLE_MODEL, ...(hasPrompt ? {} : demo), ...job.options } };
}

async function play(
  testbed: Testbed,
  { options, locale, out }: SandboxJob,
  print: (text: string) => void,
): Promise<number> {
  const { discord } = testbed;
  const startedAt = discord.now();
  const shown = Object.entries(options).map(([name, value]) => `${name}:${formatValue(value)}`);
  print(`\nAda: /video ${shown.join(' ')}\n`);
  const member = discord.member({ username: 'Ada', locale });
  const call = await member.slash(discord.channelId, 'video', options);
  const nameOf = (id: string): string | undefined => discord.world.user(id)?.username;
  let printed = 0;
  const printVersions = (): void => {
    for (const version of call.versions().slice(printed)) {
      printed += 1;
      print(renderVersion(version, startedAt, { nameOf, locale }));
    }
  };
  discord.on('message-created', printVersions);
  discord.on('message-edited', printVersions);
  const { ephemeral } = await call.waitFor((message) => message.ephemeral || message.loading);
  if (!ephemeral) await testbed.bot.waitForLine((line) => isEndOf(line, call.id));
  printVersions();
  const clip = call.message()?.attachments.find(({ filename }) => filename.endsWith('.mp4'));
  const bytes = clip === undefined ? undefined : discord.attachmentBytes(clip.id);
  if (bytes === undefined) {
    print('\nNo video was made. The last message above says why.');
    return 1;
  }
  await writeFile(out, bytes);
  print(`\nThe video is saved as ${resolve(out)}`);
  return 0;
}

function isEndOf(line: string, interactionId: string): boolean {
  return line.includes('"msg":"task ended"') && line.includes(interactionId);
}

function formatValue(value: OptionValue): string {
  if (typeof value !== 'object') return String(value);
  return 'filename' in value ? value.filename : value.id;
}
