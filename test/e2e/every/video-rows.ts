import type { InteractionHandle } from '../../../src/simulators/discord/actors/api.ts';
import { privateAnswer } from '../forms.ts';
import { ANYFAST_MODEL, ANY_MODEL, fileFor } from '../video-call.ts';
import { FORM, becomes, clicking, clickingForged, opened, says, selectOf, video } from './row.ts';
import type { Ready, Row } from './row.ts';
import { ASKING_CHANNEL, FATE, askedMember, untilFrameIsKept } from './stage.ts';
import type { Locale, Source, Stage } from './stage.ts';

/** A video that may have been charged, and the question that its button asks first. */
async function askedFirst(stage: Stage, locale: Locale, action: string) {
  const source = await stage.video(locale, `${action} ${FATE.held}`);
  const { ada, message } = source;
  const press = clickingForged(ada, message, `${action}:${stage.taskId(source)}`);
  return { source, question: await privateAnswer(await press()) };
}

/** The task of a call stands: its message is no longer that of the reply. */
async function begun(call: InteractionHandle): Promise<void> {
  await call.waitFor(({ loading }) => !loading);
}

/** A click whose last video is not finished, and the answer with the link to that one. */
async function stillMaking(
  stage: Stage,
  locale: Locale,
  action: 'edit' | 'continue',
): Promise<{ source: Source; shown: Awaited<ReturnType<typeof privateAnswer>> }> {
  const source = await stage.video(locale, `${action} twice`);
  const { ada, message } = source;
  const form = await opened(clicking(ada, message, action));
  if (action === 'continue') await untilFrameIsKept(stage, source);
  const first = { prompt: stage.prompt('slow'), model: [ANYFAST_MODEL] };
  await begun(await ada.modalSubmit(form, first));
  return { source, shown: await privateAnswer(await clicking(ada, message, action)()) };
}

async function picturesOf({ ada, message }: Source) {
  const menu = await privateAnswer(await clicking(ada, message, 'more')());
  return clicking(ada, menu, 'pictures');
}

const newFrame = { first_frame: [{ ...fileFor('first_frame'), filename: 'new.png' }] };

async function stillMakingPictures(stage: Stage, locale: Locale) {
  const source = stage.slowVideo(locale);
  const form = await opened(await picturesOf(source));
  await begun(await source.ada.modalSubmit(form, newFrame));
  const press = await picturesOf(source);
  return { source, shown: await privateAnswer(await press()) };
}

/** A refused request, with ways on. */
async function refused(
  stage: Stage,
  locale: Locale,
  about: string,
  options: Parameters<Stage['video']>[2] = { resolution: '4k', duration: 3 },
) {
  const ada = stage.member(locale);
  const prompt = stage.prompt(about);
  const { channelId } = stage.testbed.discord;
  const asked = { prompt, model: ANY_MODEL, ...options };
  const call = await ada.slash(channelId, 'video', asked);
  return { ada, prompt, refusal: await privateAnswer(call) };
}

/** A price that is asked for. */
async function askedForPrice(stage: Stage, locale: Locale, about: string) {
  const ada = askedMember(stage, locale);
  const prompt = stage.prompt(about);
  const options = { prompt, model: 'jimmy/seedance2.0-sp', resolution: '1080p' };
  const call = await ada.slash(ASKING_CHANNEL, 'video', options);
  return { ada, prompt, question: await privateAnswer(call) };
}

async function animating(stage: Stage, locale: Locale) {
  const ada = stage.member(locale);
  const { channelId } = stage.testbed.discord;
  const { id: messageId } = await ada.post(channelId, 'what I drew', [fileFor('image1')]);
  return { ada, press: async () => ada.contextMenu(channelId, 'Animate', { messageId }) };
}

const FRAMES_AND_REFERENCES = {
  model: ANYFAST_MODEL,
  first_frame: fileFor('first_frame'),
  image1: fileFor('image1'),
};

const keeping = (which: 'make-frames' | 'make-references'): Row => ({
  what: which,
  isMaking: true,
  async prepare(stage, locale) {
    const { ada, prompt, refusal } = await refused(stage, locale, which, FRAMES_AND_REFERENCES);
    return { press: clicking(ada, refusal, which), becomes: video(prompt) };
  },
});

/** A row that a click on a finished video's message is. */
const onMessage = (what: string, ready: (source: Source) => Ready['becomes']): Row => ({
  what,
  isOnMessage: true,
  async prepare(stage, locale) {
    const source = await stage.video(locale, what);
    return { press: clicking(source.ada, source.message, what), becomes: ready(source) };
  },
});

/** A list of models, shown again although the video of the last choice is not finished. */
const listedAgain = (
  action: 'higher' | 'other',
  fate: string,
  intro: (words: ReturnType<Stage['words']>['second']) => string,
): Row => ({
  what: `${action}-another`,
  async prepare(stage, locale) {
    const { ada, message } = await stage.video(locale, `${action} twice ${fate}`);
    const press = clicking(ada, message, action);
    const list = await privateAnswer(await press());
    await begun(await ada.selectMenu(list, selectOf(list, 'choose'), ['0']));
    const shown = await privateAnswer(await press());
    const { second } = stage.words(locale);
    return { press: clicking(ada, shown, `${action}-another`), becomes: says(intro(second)) };
  },
});

/** Everything that makes a video, or opens the form for one. */
export const VIDEO_ROWS: readonly Row[] = [
  {
    what: 'video',
    isMaking: true,
    async prepare(stage, locale) {
      const prompt = stage.prompt('by the command');
      const ada = stage.member(locale);
      const { channelId } = stage.testbed.discord;
      return {
        press: async () => ada.slash(channelId, 'video', { prompt, model: ANY_MODEL }),
        becomes: video(prompt),
      };
    },
  },
  { ...onMessage('again', ({ prompt }) => video(prompt, 1)), isMaking: true },
  {
    what: 'again-anyway',
    isMaking: true,
    async prepare(stage, locale) {
      const { source, question } = await askedFirst(stage, locale, 'again');
      const press = clicking(source.ada, question, 'again-anyway');
      return { press, becomes: video(source.prompt, 1) };
    },
  },
  onMessage('edit', () => FORM),
  {
    what: 'edited',
    isMaking: true,
    isOnMessage: true,
    async prepare(stage, locale) {
      const { ada, message } = await stage.video(locale, 'edited');
      const form = await opened(clicking(ada, message, 'edit'));
      const prompt = stage.prompt('changed');
      return { press: async () => ada.modalSubmit(form, { prompt }), becomes: video(prompt) };
    },
  },
  {
    what: 'edit-anyway',
    async prepare(stage, locale) {
      const { source, question } = await askedFirst(stage, locale, 'edit');
      return { press: clicking(source.ada, question, 'edit-anyway'), becomes: FORM };
    },
  },
  {
    what: 'edit-another',
    async prepare(stage, locale) {
      const { source, shown } = await stillMaking(stage, locale, 'edit');
      return { press: clicking(source.ada, shown, 'edit-another'), becomes: FORM };
    },
  },
  {
    what: 'edited-another',
    isMaking: true,
    async prepare(stage, locale) {
      const { source, shown } = await stillMaking(stage, locale, 'edit');
      const form = await opened(clicking(source.ada, shown, 'edit-another'));
      const prompt = stage.prompt('changed again');
      const press = async () => source.ada.modalSubmit(form, { prompt });
      return { press, becomes: video(prompt) };
    },
  },
  onMessage('continue', () => FORM),
  {
    what: 'continued',
    isMaking: true,
    isOnMessage: true,
    async prepare(stage, locale) {
      const source = await stage.video(locale, 'continued');
      const form = await opened(clicking(source.ada, source.message, 'continue'));
      await untilFrameIsKept(stage, source);
      const prompt = stage.prompt('going on');
      const press = async () => source.ada.modalSubmit(form, { prompt });
      return { press, becomes: video(prompt) };
    },
  },
  {
    what: 'continue-anyway',
    async prepare(stage, locale) {
      const { source, question } = await askedFirst(stage, locale, 'continue');
      const { noFrame } = stage.words(locale).continuing;
      return { press: clicking(source.ada, question, 'continue-anyway'), becomes: says(noFrame) };
    },
  },
  {
    what: 'continue-another',
    async prepare(stage, locale) {
      const { source, shown } = await stillMaking(stage, locale, 'continue');
      return { press: clicking(source.ada, shown, 'continue-another'), becomes: FORM };
    },
  },
  {
    what: 'continued-another',
    isMaking: true,
    async prepare(stage, locale) {
      const { source, shown } = await stillMaking(stage, locale, 'continue');
      const form = await opened(clicking(source.ada, shown, 'continue-another'));
      const prompt = stage.prompt('going on again');
      const press = async () => source.ada.modalSubmit(form, { prompt });
      return { press, becomes: video(prompt) };
    },
  },
  {
    what: 'pictures',
    async prepare(stage, locale) {
      const source = await stage.video(locale, 'pictures');
      return { press: await picturesOf(source), becomes: FORM };
    },
  },
  {
    what: 'pictured',
    isMaking: true,
    async prepare(stage, locale) {
      const source = await stage.video(locale, 'pictured');
      const form = await opened(await picturesOf(source));
      const press = async () => source.ada.modalSubmit(form, newFrame);
      return { press, becomes: video(source.prompt, 1) };
    },
  },
  {
    what: 'pictures-anyway',
    async prepare(stage, locale) {
      const { source, question } = await askedFirst(stage, locale, 'pictures');
      return { press: clicking(source.ada, question, 'pictures-anyway'), becomes: FORM };
    },
  },
  {
    what: 'pictures-another',
    async prepare(stage, locale) {
      const { source, shown } = await stillMakingPictures(stage, locale);
      return { press: clicking(source.ada, shown, 'pictures-another'), becomes: FORM };
    },
  },
  {
    what: 'pictured-another',
    isMaking: true,
    async prepare(stage, locale) {
      const { source, shown } = await stillMakingPictures(stage, locale);
      const form = await opened(clicking(source.ada, shown, 'pictures-another'));
      const press = async () => source.ada.modalSubmit(form, newFrame);
      return { press, becomes: video(source.prompt, 2) };
    },
  },
  {
    what: 'higher',
    isOnMessage: true,
    async prepare(stage, locale) {
      const { ada, message } = await stage.video(locale, 'higher');
      const { higherIntro } = stage.words(locale).second;
      return { press: clicking(ada, message, 'higher'), becomes: says(higherIntro) };
    },
  },
  {
    what: 'other',
    async prepare(stage, locale) {
      const { ada, message } = await stage.video(locale, `other ${FATE.fails}`);
      const { otherIntro } = stage.words(locale).second;
      return { press: clicking(ada, message, 'other'), becomes: says(otherIntro) };
    },
  },
  {
    what: 'other-anyway',
    async prepare(stage, locale) {
      const { source, question } = await askedFirst(stage, locale, 'other');
      const { otherIntro } = stage.words(locale).second;
      return { press: clicking(source.ada, question, 'other-anyway'), becomes: says(otherIntro) };
    },
  },
  {
    what: 'higher-anyway',
    async prepare(stage, locale) {
      const { source, question } = await askedFirst(stage, locale, 'higher');
      const { higherIntro } = stage.words(locale).second;
      return { press: clicking(source.ada, question, 'higher-anyway'), becomes: says(higherIntro) };
    },
  },
  listedAgain('higher', FATE.stuck, ({ higherIntro }) => higherIntro),
  listedAgain('other', FATE.fails, ({ otherIntro }) => otherIntro),
  {
    what: 'choose',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, message, prompt } = await stage.video(locale, 'choose');
      const list = await privateAnswer(await clicking(ada, message, 'higher')());
      const press = async () => ada.selectMenu(list, selectOf(list, 'choose'), ['0']);
      return { press, becomes: video(prompt, 1) };
    },
  },
  {
    what: 'make',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, prompt, refusal } = await refused(stage, locale, 'mended');
      return { press: clicking(ada, refusal, 'make'), becomes: video(prompt) };
    },
  },
  keeping('make-frames'),
  keeping('make-references'),
  {
    what: 'again-another',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, message, prompt } = stage.slowVideo(locale);
      const again = clicking(ada, message, 'again');
      await begun(await again());
      const shown = await privateAnswer(await again());
      return { press: clicking(ada, shown, 'again-another'), becomes: video(prompt, 2) };
    },
  },
  {
    // Of two forms that were opened before either was sent, the second finds the task of the first.
    what: 'another',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, message } = await stage.video(locale, 'edited at once');
      const forms = [
        await opened(clicking(ada, message, 'edit')),
        await opened(clicking(ada, message, 'edit')),
      ] as const;
      const first = { prompt: stage.prompt('slow'), model: [ANYFAST_MODEL] };
      await begun(await ada.modalSubmit(forms[0], first));
      const prompt = stage.prompt('changed at once');
      const shown = await privateAnswer(await ada.modalSubmit(forms[1], { prompt }));
      return { press: clicking(ada, shown, 'another'), becomes: video(prompt) };
    },
  },
  {
    what: 'change',
    async prepare(stage, locale) {
      const { ada, refusal } = await refused(stage, locale, 'change');
      return { press: clicking(ada, refusal, 'change'), becomes: FORM };
    },
  },
  {
    what: 'changed',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, refusal } = await refused(stage, locale, 'changed');
      const form = await opened(clicking(ada, refusal, 'change'));
      const prompt = stage.prompt('changed in a form');
      const fields = { prompt, model: [ANY_MODEL], resolution: ['default'], duration: '5' };
      return { press: async () => ada.modalSubmit(form, fields), becomes: video(prompt) };
    },
  },
  {
    what: 'confirm',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, prompt, question } = await askedForPrice(stage, locale, 'confirmed');
      return { press: clicking(ada, question, 'confirm'), becomes: video(prompt) };
    },
  },
  {
    what: 'confirm-cheaper',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, prompt, question } = await askedForPrice(stage, locale, 'cheaper');
      return { press: clicking(ada, question, 'confirm-cheaper'), becomes: video(prompt) };
    },
  },
  {
    what: 'cancel',
    isDoneAtOnce: true,
    afterwards: ({ cancel }) => cancel.gone,
    async prepare(stage, locale) {
      const ada = stage.member(locale);
      const options = { prompt: stage.prompt(FATE.waits), model: ANY_MODEL };
      const call = await ada.slash(stage.testbed.discord.channelId, 'video', options);
      const message = await call.waitFor(({ buttons }) => buttons.length > 0);
      const { cancelled } = stage.words(locale).task;
      return {
        press: clicking(ada, message, 'cancel', { raw: true }),
        becomes: becomes(cancelled),
      };
    },
  },
  {
    what: 'Animate',
    async prepare(stage, locale) {
      const { press } = await animating(stage, locale);
      return { press, becomes: FORM };
    },
  },
  {
    what: 'animated',
    isMaking: true,
    async prepare(stage, locale) {
      const { ada, press } = await animating(stage, locale);
      const form = await opened(press);
      const prompt = stage.prompt('animated');
      const fields = { prompt, model: [ANY_MODEL] };
      return { press: async () => ada.modalSubmit(form, fields), becomes: video(prompt) };
    },
  },
  {
    what: 'animated-on',
    isMaking: true,
    async prepare(stage, locale) {
      const source = await stage.video(locale, 'animated on');
      const { ada, message } = source;
      const { channelId } = stage.testbed.discord;
      const target = { messageId: message.id };
      const form = await opened(async () => ada.contextMenu(channelId, 'Animate', target));
      await untilFrameIsKept(stage, source);
      const prompt = stage.prompt('going on by Animate');
      return { press: async () => ada.modalSubmit(form, { prompt }), becomes: video(prompt) };
    },
  },
];
