import type { TaskChanges } from '../fakes/a-task.ts';
import { describe, expect, it } from 'vitest';
import type { HeldTasks } from '../../src/app/ports/core.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Messages } from '../../src/discord/messages/en.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { MAX_HOLD_LINES, holdsLayout } from '../../src/discord/usage/holds-layout.ts';
import { readHoldRequest } from '../../src/discord/usage/read-hold-request.ts';
import type { HoldRequest } from '../../src/discord/usage/read-hold-request.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { aRefusal, aTask, ended, running } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { shownText } from '../fakes/shown-text.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const en = messagesFor('en');
const { holds: words } = en.usageCommand;
const LANGUAGES: Language[] = ['en', 'zh-CN'];
const TASK = '1300000000000000001';

const act = (action: Extract<HoldRequest, { kind: 'act' }>['action']): HoldRequest => ({
  kind: 'act',
  taskId: TASK,
  action,
});
const refused = (why: string): HoldRequest => ({ kind: 'refused', why });

describe('the requested action on held tasks', () => {
  it.each<[Record<string, string | number>, HoldRequest]>([
    [{}, { kind: 'list' }],
    [{ task: TASK, do: 'settle', amount: '0.90' }, act({ kind: 'settle', amount: '0.90' })],
    [{ task: TASK, do: 'settle', amount: '0' }, act({ kind: 'settle', amount: '0' })],
    // The amount is checked later, with its task.
    [{ task: TASK, do: 'settle', amount: '-1' }, act({ kind: 'settle', amount: '-1' })],
    [{ task: ` \`${TASK}\` `, do: 'release' }, act({ kind: 'release' })],
    [{ task: TASK, do: 'settle_at_quote' }, act({ kind: 'settle-at-quote' })],
    [{ task: TASK, do: 'ask_again' }, act({ kind: 'ask-again' })],
    [{ task: TASK }, refused(words.doMissing)],
    [{ do: 'release' }, refused(words.taskMissing)],
    [{ amount: '1' }, refused(words.taskMissing)],
    [{ task: 'the first', do: 'release' }, refused(words.taskMissing)],
    [{ task: TASK, do: 'settle' }, refused(words.amountMissing)],
    [{ task: TASK, do: 'settle', amount: 1 }, refused(words.amountUnreadable)],
    [{ task: TASK, do: 'release', amount: '1' }, refused(words.amountNotTaken)],
    [{ task: TASK, do: 'forget' }, refused(en.answers.notUnderstood)],
  ])('%j is read as %o', (options, expected) => {
    expect(readHoldRequest(new Map(Object.entries(options)), en)).toEqual(expected);
  });
});

const held = (changes: TaskChanges = {}): Task =>
  aTask({
    money: { state: 'held', amounts: { videos: 1n, seconds: 5n } },
    stage: ended({ kind: 'outcome-unknown' }),
    ...changes,
  });

/** As the store gives them. */
const list = (...tasks: readonly Task[]): HeldTasks => ({
  total: tasks.length,
  oldest: tasks.slice(0, MAX_HOLD_LINES),
});

const holdsText = (given: HeldTasks, above: readonly Notice[], messages: Messages): string =>
  shownText({ layout: holdsLayout(given, above, { messages, catalogue: CATALOGUE, rows: [] }) });

describe('the list of held tasks', () => {
  it('names the task, its member, its route, its quote, its number and why it is held', () => {
    const text = holdsText(list(held()), [], en);
    expect(text).toContain(
      `**SP** · ${en.money.unknown} · <t:${NOON / 1000}:f> · <@1300000000000000020>\n-# ${words.why['outcome-unknown']} · ${words.noNumber} · \`${TASK}\``,
    );
  });

  it.each([
    ['timed-out', words.why['timed-out']],
    ['unknown-to-provider', words.why['unknown-to-provider']],
    ['route-removed', words.why['route-removed']],
    ['undeliverable', words.why['usage-doubted']],
  ] as const)('says why a task that ended as %s is held', (kind, why) => {
    const stage = ended({ kind }, { providerTaskId: 'p-77' });
    const text = holdsText(list(held({ stage })), [], en);
    expect(text).toContain(words.number('`p-77`'));
    expect(text).toContain(why);
  });

  it.each(LANGUAGES)(
    'says in %s that a failed task may be charged, not what it reports',
    (language) => {
      const stage = ended({ kind: 'failed', refusal: aRefusal() });
      const messages = messagesFor(language);
      const { why } = messages.usageCommand.holds;
      const text = holdsText(list(held({ stage })), [], messages);
      expect(text).toContain(why.failed);
      expect(text).not.toContain(why['usage-doubted']);
    },
  );

  it('says that a task is being polled again', () => {
    expect(holdsText(list(held({ stage: running() })), [], en)).toContain(words.askedAgain);
  });

  it('shows the oldest first', () => {
    const text = holdsText(
      list(
        held({ id: '1300000000000000009', acceptedAt: NOON }),
        held({ id: '1300000000000000008', acceptedAt: NOON - 1000 }),
      ),
      [],
      en,
    );
    expect(text.indexOf('1300000000000000008')).toBeLessThan(text.indexOf('1300000000000000009'));
  });

  it.each(LANGUAGES)('stays within one message in %s and counts the rest', (language) => {
    const messages = messagesFor(language);
    const many = Array.from({ length: 200 }, (_, index) =>
      held({
        id: String(1_400_000_000_000_000_000n + BigInt(index)),
        stage: ended({ kind: 'timed-out' }, { providerTaskId: 'x'.repeat(200) }),
      }),
    );
    const text = holdsText(list(...many), notices, messages);
    expect(text.length).toBeLessThanOrEqual(4000);
    const shown = many.filter(({ id }) => text.includes(id)).length;
    expect(shown).toBeGreaterThan(3);
    expect(text).toContain(messages.usageCommand.holds.title(200));
    expect(text).toContain(messages.usageCommand.sum.more(200 - shown));
  });

  it('shows an id with special characters as one piece of code', () => {
    const stage = ended({ kind: 'timed-out' }, { providerTaskId: 'a`@everyone`b' });
    const text = holdsText(list(held({ stage })), [], en);
    expect(text).toContain('`aˋ@everyoneˋb`');
  });

  it('says that nothing is held', () => {
    expect(holdsText(list(), [], en)).toBe(words.none);
  });

  it('comes below all notices to admins, or as many as have room', () => {
    const reports = Array.from({ length: 20 }, (_, index): Notice => ({
      at: NOON,
      about: { kind: 'lost-access', taskId: TASK, channelId: `13000000000000001${index + 10}` },
    }));
    const shownOf = (text: string): number =>
      reports.filter(
        ({ about }) => about.kind === 'lost-access' && text.includes(`<#${about.channelId}>`),
      ).length;
    const few = holdsText(list(held()), reports.slice(0, 8), en);
    expect(shownOf(few)).toBe(8);
    const text = holdsText(list(held()), reports, en);
    const shown = shownOf(text);
    expect(shown).toBeGreaterThan(8);
    expect(text).toContain(en.usageCommand.sum.more(20 - shown));
    expect(text).toContain(words.title(1));
    expect(text.length).toBeLessThanOrEqual(4000);
  });

  it('comes below the notices to admins, if no channel was chosen for them', () => {
    const text = holdsText(list(held()), notices, en);
    const [first] = text.split('\n');
    expect(first).toContain('jimmy is paused');
    // A hold is in the list itself.
    expect(text).not.toContain('check and resolve');
    expect(text.indexOf('<#1300000000000000030>')).toBeLessThan(text.indexOf(words.title(1)));
  });
});

const notices: Notice[] = [
  { at: NOON, about: { kind: 'provider-paused', provider: 'jimmy', category: 'unauthorized' } },
  {
    at: NOON,
    about: { kind: 'held', taskId: TASK, memberId: '1300000000000000020', route: 'jimmy/x' },
  },
  { at: NOON, about: { kind: 'lost-access', taskId: TASK, channelId: '1300000000000000030' } },
];
