import { aRequest } from '../../fakes/a-request.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskText } from '../../fakes/task-texts.ts';
import { shownLink } from '../../../src/discord/render/link-placement.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import type { Language } from '../../../src/domain/language.ts';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import { REJECTION_CATEGORIES } from '../../../src/domain/tasks/provider-rejection.ts';
import {
  MEMBER_ID,
  OUTCOMES,
  RESULT_URL,
  STAGES,
  aRefusal,
  SETTINGS,
  aTask,
  running,
} from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { ROUTES } from '../../fakes/catalogue.ts';

const secrets = { ...aTask().secrets, resultUrl: RESULT_URL };
const withPrompt = (prompt: string) => ({
  ...secrets,
  request: aRequest({ prompt }),
});
const last = (text: string): string => text.split('\n').slice(3).join('\n');

const notified =
  (language: Language) =>
  (outcome: Outcome): string =>
    taskText({ task: aTask({ language, secrets }), outcome });

/** How many pieces a text has between characters that may end a link. */
const partsOf = (text: string): number => text.split(/[\s<>`\u202E]/).length;

describe.each([...LANGUAGES])('the message of a task in %s', (language: Language) => {
  it('has a text for every stage and outcome, within Discord’s limit', () => {
    // Every character of this prompt is escaped, and the address is an ordinary signed one.
    const longUrl = `https://results.test/${'v'.repeat(40)}.mp4?signature=${'s'.repeat(500)}`;
    const long = { ...withPrompt('*@_'.repeat(2000)), resultUrl: longUrl };
    const refusal = aRefusal({ message: '_'.repeat(500), code: 'c'.repeat(200) });
    const outcomes: Outcome[] = [
      ...OUTCOMES,
      ...REJECTION_CATEGORIES.flatMap((category): Outcome[] => [
        { kind: 'refused', refusal: { ...refusal, category } },
        { kind: 'failed', refusal: { ...refusal, category } },
      ]),
    ];
    for (const stage of STAGES) {
      const text = taskText({ task: aTask({ language, stage, secrets: long }) });
      expect(text.length).toBeLessThanOrEqual(2000);
      expect(last(text)).not.toBe('');
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
    for (const outcome of outcomes) {
      const text = taskText({ task: aTask({ language, secrets: long }), outcome });
      expect(text.length).toBeLessThanOrEqual(2000);
      expect(last(text)).not.toBe('');
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('has a different text for each outcome', () => {
    const texts = OUTCOMES.filter(
      (outcome) => outcome.kind !== 'result-lost' || outcome.showAddress,
    ).map((outcome) => taskText({ task: aTask({ language, secrets }), outcome }));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('says whether it was charged', () => {
    const isFree = /Nothing was charged|未扣费/;
    const isPaid = /was charged|已扣费/;
    const of = notified(language);
    const free = [
      'provider-busy',
      'provider-unreachable',
      'provider-paused',
      'wrong-address',
      'prompt-unreadable',
      'media-gone',
      'removed-unsent',
    ] as const;
    for (const kind of free) {
      expect(of({ kind })).toMatch(isFree);
    }
    expect(of({ kind: 'refused', refusal: aRefusal() })).toMatch(isFree);
    expect(of({ kind: 'failed', refusal: aRefusal() })).toMatch(isFree);
    expect(of({ kind: 'undeliverable' })).toMatch(isPaid);
    expect(of({ kind: 'result-lost', why: 'gone', showAddress: false })).toMatch(isPaid);
    for (const kind of ['outcome-unknown', 'timed-out', 'unknown-to-provider'] as const) {
      expect(of({ kind })).not.toMatch(isFree);
    }
  });

  it('shows the link to a result only if members may see it', () => {
    const lost = { kind: 'result-lost', why: 'forbidden' } as const;
    const of = (showAddress: boolean): string =>
      taskText({ task: aTask({ language, secrets }), outcome: { ...lost, showAddress } });
    expect(of(true)).toContain(RESULT_URL);
    expect(of(false)).not.toContain('results.test');
  });

  it('shows a link completely, with its expiry', () => {
    const outcome = { kind: 'delivered', how: 'link', until: NOON + 86_400_000 } as const;
    const text = taskText({ task: aTask({ language, secrets }), outcome });
    expect(text).toContain(RESULT_URL);
    expect(text).toContain(`<t:${NOON / 1000 + 86_400}:f>`);
  });

  it('says where else the link to a result is, instead of showing it', () => {
    const task = aTask({ language, secrets });
    for (const outcome of [
      { kind: 'delivered', how: 'link', until: NOON } as const,
      { kind: 'result-lost', why: 'too-many-redirects', showAddress: true } as const,
    ]) {
      const texts = (['text', 'button', 'file', 'embed', 'export'] as const).map((place) =>
        taskText({ task, outcome }, place),
      );
      expect(texts.map((text) => text.includes(RESULT_URL))).toEqual([
        true,
        false,
        false,
        false,
        false,
      ]);
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  it('names endless redirects as the cause, not a forbidden address', () => {
    const of = notified(language);
    const endless = of({ kind: 'result-lost', why: 'too-many-redirects', showAddress: false });
    expect(endless).toMatch(/redirects endlessly|不断跳转/);
    expect(endless).not.toBe(of({ kind: 'result-lost', why: 'forbidden', showAddress: false }));
  });

  it.each([
    'https://cdn.example.com/v.mp4> [free](https://evil.example) @everyone <https://x.example',
    'https://cdn.example.com/v.mp4?a=`\n# heading\u2028||spoiler||',
    'https://cdn.example.com/\u202Egnp.exe',
  ])('gives the hostile address %j as one link and nothing else', (resultUrl) => {
    const task = aTask({ language, secrets: { resultUrl } });
    const until = NOON + 86_400_000;
    const plain = aTask({ language, secrets: { resultUrl: 'https://cdn.example.com/v' } });
    for (const outcome of [
      { kind: 'delivered', how: 'link', until },
      { kind: 'result-lost', why: 'gone', showAddress: true },
    ] as const) {
      expect(partsOf(taskText({ task, outcome }))).toBe(
        partsOf(taskText({ task: plain, outcome })),
      );
    }
  });

  it('shows no link that opens for the bot alone, and says who can save the video', () => {
    const task = aTask({ language, secrets: { ...secrets, resultNeedsKey: true } });
    const until = NOON + 86_400_000;
    for (const outcome of [
      { kind: 'delivered', how: 'link', until, why: 'too-large' },
      { kind: 'result-lost', why: 'gone', showAddress: true },
    ] as const) {
      expect(shownLink({ task, outcome })).toBeUndefined();
      expect(taskText({ task, outcome })).not.toContain(RESULT_URL);
    }
    const text = taskText({ task, outcome: { kind: 'delivered', how: 'link', until } });
    expect(text).toMatch(/operator|运营者/);
  });

  it('leaves out the prompt if Discord refused it', () => {
    const task = aTask({ language, secrets: withPrompt('the prompt') });
    expect(taskText({ task })).toContain('the prompt');
    expect(taskText({ task, isPlain: true })).not.toContain('the prompt');
    expect(taskText({ task: aTask({ language, secrets: {} }) })).not.toContain('undefined');
  });

  it('mentions only the caller, whatever the prompt and the provider contain', () => {
    const words = fc.array(
      fc.constantFrom('@everyone', '@here', '<@123456789012345678>', '<@&1>', '\\', '`', ' ', 'a'),
    );
    fc.assert(
      fc.property(words, words, (prompt, message) => {
        const refusal = aRefusal({ message: message.join('') });
        const task = aTask({ language, secrets: withPrompt(prompt.join('')) });
        const text = taskText({ task, outcome: { kind: 'failed', refusal } });
        const rest = text.replace(`<@${MEMBER_ID}>`, '');
        expect(rest).not.toMatch(/@(?!\u200B)/);
        expect(rest).not.toMatch(/(?<!\\)(?:\\\\)*<@/);
      }),
    );
  });

  it('names the model of every route, and safely one that is gone', () => {
    for (const { id: route, name } of ROUTES) {
      const task = aTask({ language, settings: { ...SETTINGS, route } });
      expect(taskText({ task })).toContain(`> · **${name}**\n`);
    }
    const settings = { ...SETTINGS, route: 'old/<@1>model' };
    expect(taskText({ task: aTask({ language, settings }) })).not.toContain('old/<@1>');
  });

  it('shows the percentage of the provider, and none of its own', () => {
    const without = taskText({ task: aTask({ language, stage: running() }) });
    const stage = running({ progressPercent: 41.6 });
    expect(taskText({ task: aTask({ language, stage }) })).toContain('42');
    expect(last(without)).not.toContain('%');
    expect(without).toContain(`<t:${NOON / 1000}:R>`);
  });
});
