import type { MemberActor } from '../../../src/simulators/discord/actors/api.ts';
import { privateAnswer } from '../forms.ts';
import { ANYFAST_MODEL } from '../video-call.ts';
import { becomes, clicking, clickingForged, says, selectOf } from './row.ts';
import type { Row } from './row.ts';
import type { Locale, Source, Stage } from './stage.ts';

async function menuOf({ ada, message }: Pick<Source, 'ada' | 'message'>) {
  return privateAnswer(await clicking(ada, message, 'more')());
}

/** A button of the menu behind ⋯. */
const inMenu = (
  what: string,
  answer: (menu: ReturnType<Stage['words']>['second']['menu']) => string,
  by: (stage: Stage, source: Source, locale: Locale) => MemberActor = (_stage, { ada }) => ada,
): Row => ({
  what,
  async prepare(stage, locale) {
    const source = await stage.video(locale, what);
    const member = by(stage, source, locale);
    const menu = await menuOf({ ...source, ada: member });
    const { second } = stage.words(locale);
    return { press: clicking(member, menu, what), becomes: says(answer(second.menu)) };
  },
});

const history = async (stage: Stage, member: MemberActor, options: { search?: string } = {}) =>
  privateAnswer(await member.slash(stage.testbed.discord.channelId, 'history', options));

/** A button that turns a page of a list, of all videos or of those that were searched for. */
const turningPage = (what: `${'history' | 'search'}-${'older' | 'newer'}`): Row => ({
  what,
  ...(what.startsWith('search') ? { isForgotten: true } : {}),
  async prepare(stage, locale) {
    const member = stage.historian(locale);
    const options = what.startsWith('search') ? { search: 'in a list' } : {};
    const first = await history(stage, member, options);
    const { title, titleFound, kept } = stage.words(locale).history;
    const older = what.replace('newer', 'older');
    if (what.endsWith('older')) {
      return { press: clicking(member, first, older), becomes: becomes(kept(30)) };
    }
    const turned = await clicking(member, first, older)();
    const second = await turned.waitFor(({ text }) => text.includes(kept(30)));
    const heading = options.search === undefined ? title : titleFound(options.search);
    return { press: clicking(member, second, what), becomes: becomes(heading) };
  },
});

const erasing = (what: string, answer: (words: ReturnType<Stage['words']>) => string): Row => ({
  what,
  async prepare(stage, locale) {
    const { ada } = await stage.video(locale, what);
    const { channelId } = stage.testbed.discord;
    const question = await privateAnswer(await ada.slash(channelId, 'privacy delete'));
    return {
      press: clicking(ada, question, what),
      becomes: becomes(answer(stage.words(locale))),
    };
  },
});

/** The menu below all models, and a choice of the one whose text quotes no Chinese title. */
async function modelList(stage: Stage, locale: Locale) {
  const member = stage.member(locale);
  const list = await privateAnswer(await member.slash(stage.testbed.discord.channelId, 'models'));
  const choose = async () => member.selectMenu(list, selectOf(list, 'model'), [ANYFAST_MODEL]);
  return { member, choose };
}

const MODEL_ROWS: readonly Row[] = [
  {
    what: 'model',
    isDoneAtOnce: true,
    async prepare(stage, locale) {
      const { choose } = await modelList(stage, locale);
      return { press: choose, becomes: becomes(stage.words(locale).models.all) };
    },
  },
  {
    what: 'models',
    isDoneAtOnce: true,
    async prepare(stage, locale) {
      const { member, choose } = await modelList(stage, locale);
      const { all } = stage.words(locale).models;
      const shown = await (await choose()).waitFor(({ text }) => text.includes(all));
      return { press: clicking(member, shown, 'models'), becomes: becomes('### AnyFast') };
    },
  },
];

/** What members do with the videos and models that there are. */
export const MENU_ROWS: readonly Row[] = [
  ...MODEL_ROWS,
  {
    what: 'more',
    isOnMessage: true,
    async prepare(stage, locale) {
      const { ada, message } = await stage.video(locale, 'more');
      const { intro } = stage.words(locale).second.menu;
      return { press: clicking(ada, message, 'more'), becomes: says(intro) };
    },
  },
  inMenu('prompt', ({ promptIs }) => promptIs),
  inMenu('share', ({ shared }) => shared),
  inMenu(
    'report',
    ({ reported }) => reported,
    (stage, _source, locale) => stage.member(locale),
  ),
  inMenu('delete', ({ deleteFirst }) => deleteFirst),
  {
    what: 'delete-yes',
    async prepare(stage, locale) {
      const source = await stage.video(locale, 'deleted');
      const asked = await privateAnswer(
        await clicking(source.ada, await menuOf(source), 'delete')(),
      );
      const { deleted } = stage.words(locale).second.menu;
      return { press: clicking(source.ada, asked, 'delete-yes'), becomes: becomes(deleted) };
    },
  },
  {
    what: 'remove',
    async prepare(stage, locale) {
      const { ada, message } = await stage.video(locale, 'removed');
      const press = clickingForged(ada, message, 'more:1300000000000000999');
      const offered = await privateAnswer(await press());
      const { deleted } = stage.words(locale).second.menu;
      return { press: clicking(ada, offered, 'remove'), becomes: becomes(deleted) };
    },
  },
  turningPage('history-older'),
  turningPage('history-newer'),
  turningPage('search-older'),
  turningPage('search-newer'),
  {
    what: 'history-open',
    async prepare(stage, locale) {
      const { ada, prompt, message } = await stage.video(locale, 'opened');
      const list = await history(stage, ada);
      const values = [stage.taskId({ message })];
      return {
        press: async () => ada.selectMenu(list, selectOf(list, 'history-open'), values),
        becomes: says(prompt),
      };
    },
  },
  erasing('erase-data', ({ privacy }) => privacy.deleted(1, 1, 0)),
  erasing('erase-all', ({ privacy }) => privacy.deleted(1, 1, 0)),
  { ...erasing('erase-nothing', ({ erase }) => erase.kept), isDoneAtOnce: true },
];
