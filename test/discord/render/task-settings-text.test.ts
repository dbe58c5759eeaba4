import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { progressBar } from '../../../src/discord/render/progress-bar.ts';
import { taskSettingsText } from '../../../src/discord/render/task-settings-text.ts';
import type { MediaOptionInfo } from '../../../src/domain/routes/options.ts';
import type { Outcome } from '../../../src/domain/tasks/outcome.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { aRefusal, aTask, running } from '../../fakes/a-task.ts';
import { taskText } from '../../fakes/task-texts.ts';

type Option = MediaOptionInfo['option'];

const textOf = (stage: Task['stage']): string => taskText({ task: aTask({ stage }) });
const [en, zh] = [messagesFor('en'), messagesFor('zh-CN')];
const withMedia = (...options: Option[]): Task =>
  aTask({ secrets: { ...aTask().secrets, request: aRequest({ media: media(options) }) } });

describe('the settings of a task', () => {
  it.each<[Option[], string, string]>([
    [['first_frame'], '1 frame', '首尾帧 1 张'],
    [['first_frame', 'last_frame'], '2 frames', '首尾帧 2 张'],
    [['image1', 'image2', 'image3', 'audio1'], '3 pictures, 1 sound', '图片 3 张，音频 1 段'],
    [['image9', 'video1', 'video2'], '1 picture, 2 videos', '图片 1 张，视频 2 段'],
  ])('say of %j what was attached', (options, english, chinese) => {
    const task = withMedia(...options);
    expect(taskSettingsText({ task }, en).split(' · ')).toContain(english);
    expect(taskSettingsText({ task }, zh).split(' · ')).toContain(chinese);
  });

  it('say nothing of attachments where there were none', () => {
    expect(taskSettingsText({ task: withMedia() }, en)).not.toMatch(/frame|picture|video|sound/);
  });
});

describe('the price', () => {
  const FAILED: Outcome = { kind: 'failed', refusal: aRefusal() };
  const quote = {
    kind: 'priced',
    micros: 500_000n,
    currency: 'USD',
    price: { amount: '0.50', currency: 'USD', per: 'task' },
  } as const;
  const released = { state: 'released', assumed: false } as const;

  it('is what it would have cost, once it was not charged', () => {
    const [first] = aTask().plan.routes;
    const task = aTask({ plan: { routes: [{ ...first, quote }], current: 0 } });
    expect(taskSettingsText({ task }, en)).toMatch(/ · \$0\.50$/);
    const free = { ...task, money: released };
    expect(taskSettingsText({ task: free, outcome: FAILED }, en)).toMatch(
      / · would have cost \$0\.50$/,
    );
    expect(taskSettingsText({ task: free, outcome: FAILED }, zh)).toMatch(/ · 本应花费 US\$0\.50$/);
    expect(taskSettingsText({ task, outcome: FAILED }, en)).not.toContain('would have');
  });

  it('stays unknown where it was unknown', () => {
    const view = { task: { ...aTask(), money: released }, outcome: FAILED };
    expect(taskSettingsText(view, en)).toMatch(/ · price unknown$/);
  });
});

describe('the bar', () => {
  it.each([
    [0, '▱▱▱▱▱▱▱▱▱▱'],
    [9.9, '▱▱▱▱▱▱▱▱▱▱'],
    [41, '▰▰▰▰▱▱▱▱▱▱'],
    [99.9, '▰▰▰▰▰▰▰▰▰▱'],
    [100, '▰▰▰▰▰▰▰▰▰▰'],
  ])('of %d %% shows no more than was reported', (percent, bar) => {
    expect(progressBar(percent)).toBe(bar);
  });

  it('is drawn from what the provider reports, and not without it', () => {
    expect(textOf(running({ progressPercent: 41 }))).toContain(
      'Generating ▰▰▰▰▱▱▱▱▱▱ 41 % · started',
    );
    expect(textOf(running())).not.toMatch(/[▰▱]/);
  });
});
