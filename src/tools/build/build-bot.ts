import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Patch } from './apply-patch.ts';
import { bundle } from './bundle.ts';
import { renderLicences } from './render-licences.ts';
import { thinMaps } from './thin-maps.ts';
import { removeOldOutputs, writeOutputs } from './write-outputs.ts';

/** The programs of an installation. */
const PROGRAMS = ['main', 'doctor/main', 'setup/main', 'backup/main', 'holds/main', 'move/main'];

/** The bot as the trials of troubles run it, with a store and a clock that fail. */
const TRIAL = 'trials/chaos/bot';

/** What to build besides the programs of an installation, and how. */
export interface BuildOptions {
  /** Whether the bot of the trials is built as well. */
  readonly hasTrial?: boolean;
  readonly patch?: Patch;
}

/** Builds the bot and its commands from the sources below `root` into `outDir`. */
export async function buildBot(
  root: string,
  outDir: string,
  { hasTrial = false, patch }: BuildOptions = {},
): Promise<void> {
  const common = { root, ...(patch === undefined ? {} : { patch }) };
  const shipped = await bundle({ ...common, programs: PROGRAMS });
  // Apart from it, so that what is shipped is cut into the same files with and without.
  const trial = hasTrial ? await bundle({ ...common, programs: [TRIAL] }) : undefined;
  const bundled = thinMaps([...shipped.outputFiles, ...(trial?.outputFiles ?? [])]);
  const files = bundled.map(({ path, contents }) => ({
    path: join(outDir, relative(join(root, 'dist'), path)),
    contents,
  }));
  const licences = await renderLicences(root, shipped.metafile);
  files.push({ path: join(outDir, 'third-party-licences.txt'), contents: Buffer.from(licences) });
  const hasChanged = await writeOutputs(files, new Date());
  // What starts of an earlier build left there.
  if (hasChanged) await rm(join(outDir, 'src', 'compiled'), { recursive: true, force: true });
  await removeOldOutputs(join(outDir, 'src', 'chunks'));
}
