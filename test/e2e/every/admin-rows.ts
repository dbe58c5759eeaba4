import type { MemberActor } from '../../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../../src/simulators/discord/world/message-view.ts';
import { privateAnswer } from '../forms.ts';
import { FORM, becomes, clicking, opened, selectOf } from './row.ts';
import type { Row } from './row.ts';
import { FATE } from './stage.ts';
import type { Locale, Stage } from './stage.ts';

type HoldWords = ReturnType<Stage['words']>['usageCommand']['holds'];

/** A charge that is not confirmed, chosen in the list of them. */
async function chosenHold(stage: Stage, locale: Locale, taskId: string) {
  const admin = stage.admin(locale);
  const { channelId } = stage.testbed.discord;
  const list = await privateAnswer(await admin.slash(channelId, 'usage holds'));
  const chosen = await admin.selectMenu(list, selectOf(list, 'hold'), [taskId]);
  const { which } = stage.words(locale).resolve;
  return { admin, shown: await chosen.waitFor(({ text }) => text.includes(which)) };
}

async function heldTask(stage: Stage, what: string): Promise<string> {
  return stage.taskId(await stage.video('en-US', `${what} ${FATE.held}`));
}

const resolving = (
  what: string,
  answer: (words: HoldWords, taskId: string, locale: Locale) => string,
  taskOf: (stage: Stage) => Promise<string> = async (stage) => heldTask(stage, what),
): Row => ({
  what,
  async prepare(stage, locale) {
    const taskId = await taskOf(stage);
    const { admin, shown } = await chosenHold(stage, locale, taskId);
    const { holds } = stage.words(locale).usageCommand;
    return {
      press: clicking(admin, shown, what),
      becomes: becomes(answer(holds, `\`${taskId}\``, locale)),
    };
  },
});

const priceIn = (locale: Locale, amount: string): string =>
  locale === 'zh-CN' ? `US$${amount}` : `$${amount}`;

/** The menu of `/setup`, of a server of its own. */
async function setupMenu(stage: Stage, locale: Locale) {
  const { guildId, channelId } = stage.guild();
  const admin = stage.admin(locale, { guildId });
  const menu = await privateAnswer(await admin.slash(channelId, 'setup'));
  const choose = async () => admin.selectMenu(menu, selectOf(menu, 'setup'), ['small']);
  return { admin, channelId, choose };
}

async function setupProposed(
  stage: Stage,
  locale: Locale,
): Promise<{ readonly admin: MemberActor; readonly meaning: MessageView }> {
  const { admin, choose } = await setupMenu(stage, locale);
  const sent = await admin.modalSubmit(await opened(choose), { everyone: '5', serverCost: '30' });
  const { means } = stage.words(locale).setup;
  return { admin, meaning: await sent.waitFor(({ text }) => text.includes(means)) };
}

/** What admins press. */
export const ADMIN_ROWS: readonly Row[] = [
  {
    what: 'holds',
    async prepare(stage, locale) {
      const { admin, shown } = await chosenHold(stage, locale, await heldTask(stage, 'listed'));
      const { choose } = stage.words(locale).resolve;
      return { press: clicking(admin, shown, 'holds'), becomes: becomes(choose) };
    },
  },
  {
    what: 'hold',
    async prepare(stage, locale) {
      const taskId = await heldTask(stage, 'chosen');
      const admin = stage.admin(locale);
      const { channelId } = stage.testbed.discord;
      const list = await privateAnswer(await admin.slash(channelId, 'usage holds'));
      const press = async () => admin.selectMenu(list, selectOf(list, 'hold'), [taskId]);
      return { press, becomes: becomes(stage.words(locale).resolve.which) };
    },
  },
  resolving('hold-quote', ({ settled }, taskId, locale) =>
    settled(taskId, priceIn(locale, '0.50')),
  ),
  resolving('hold-release', ({ released }, taskId) => released(taskId)),
  resolving(
    'hold-ask',
    ({ asking }, taskId) => asking(taskId),
    async (stage) => stage.overdue(),
  ),
  {
    what: 'hold-amount',
    async prepare(stage, locale) {
      const { admin, shown } = await chosenHold(stage, locale, await heldTask(stage, 'typed'));
      return { press: clicking(admin, shown, 'hold-amount'), becomes: FORM };
    },
  },
  {
    what: 'hold-amount (sent)',
    async prepare(stage, locale) {
      const taskId = await heldTask(stage, 'typed and sent');
      const { admin, shown } = await chosenHold(stage, locale, taskId);
      const form = await opened(clicking(admin, shown, 'hold-amount'));
      const { settled } = stage.words(locale).usageCommand.holds;
      return {
        press: async () => admin.modalSubmit(form, { amount: '0.20' }),
        becomes: becomes(settled(`\`${taskId}\``, priceIn(locale, '0.20'))),
      };
    },
  },
  {
    what: 'setup (menu)',
    async prepare(stage, locale) {
      const { choose } = await setupMenu(stage, locale);
      return { press: choose, becomes: FORM };
    },
  },
  {
    what: 'setup (sent)',
    async prepare(stage, locale) {
      const { admin, choose } = await setupMenu(stage, locale);
      const form = await opened(choose);
      return {
        press: async () => admin.modalSubmit(form, { everyone: '5', serverCost: '30' }),
        becomes: becomes(stage.words(locale).setup.means),
      };
    },
  },
  {
    what: 'apply',
    isDoneAtOnce: true,
    afterwards: ({ changes }) => changes.proposalGone,
    async prepare(stage, locale) {
      const { admin, meaning } = await setupProposed(stage, locale);
      const { undo } = stage.words(locale).changes;
      return { press: clicking(admin, meaning, 'apply'), becomes: becomes(undo) };
    },
  },
  {
    what: 'undo',
    isDoneAtOnce: true,
    afterwards: ({ changes }) => changes.undoGone,
    async prepare(stage, locale) {
      const { guildId, channelId } = stage.guild();
      const admin = stage.admin(locale, { guildId });
      const options = { finish_ping: true };
      const set = await admin.slash(channelId, 'settings set messages', options);
      const changed = await privateAnswer(set);
      const { undone } = stage.words(locale).changes;
      return { press: clicking(admin, changed, 'undo'), becomes: becomes(undone) };
    },
  },
];
