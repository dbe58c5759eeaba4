import { createStopSignal } from '../app/stop-signal.ts';
import { whyNoFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import { runFfmpeg } from '../media/ffmpeg/run-ffmpeg.ts';
import type { Ffmpeg } from '../media/ffmpeg/take-last-frame.ts';
import type { BotContext } from './bot-context.ts';

/** The program, if this machine has it. */
export interface FfmpegInUse {
  readonly run: Ffmpeg;
  /** Whether it runs; `false` until that was found out, which no start waits for. */
  isThere(): boolean;
  /** The same once that was found out. */
  known(): Promise<boolean>;
}

/** Finds out in the background whether ffmpeg runs, and says so if not. */
export function openFfmpeg({
  config,
  log,
  resources,
}: Pick<BotContext, 'config' | 'log' | 'resources'>): FfmpegInUse {
  const { ffmpeg: program } = config;
  const cut = createStopSignal();
  let isThere = false;
  async function find(): Promise<void> {
    const fault = await whyNoFfmpeg(program, cut.signal);
    isThere = fault === undefined;
    if (isThere || cut.signal.aborted) return;
    log.warn(
      { path: program.path, fault },
      'ffmpeg does not run: no last frames are kept, and clips too large for Discord stay links',
    );
  }
  const finding = find();
  resources.own('ffmpeg', async () => {
    cut.abort();
    await finding;
  });
  return {
    run: async (run) => runFfmpeg(program, run),
    isThere: () => isThere,
    async known() {
      await finding;
      return isThere;
    },
  };
}
