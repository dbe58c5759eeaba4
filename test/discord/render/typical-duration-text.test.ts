import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { taskText } from '../../fakes/task-texts.ts';
import { typicalDurationText } from '../../../src/discord/render/typical-duration-text.ts';
import type { Stage } from '../../../src/domain/tasks/task.ts';
import { aTask, running } from '../../fakes/a-task.ts';

/** The progress line of a task. */
const lineOf = (stage: Stage): string =>
  taskText({ task: aTask({ stage }) })
    .split('\n')
    .at(-1) ?? '';

describe('how long a task usually takes, in words', () => {
  it.each([
    [90, 180, 'usually 1½ to 3 minutes', '通常用时：1.5–3 分钟'],
    [20, 40, 'usually 20 to 40 seconds', '通常用时：20–40 秒'],
    [50, 90, 'usually 50 seconds to 1½ minutes', '通常用时：50 秒–1.5 分钟'],
    [60, 60, 'usually about 1 minute', '通常用时：约 1 分钟'],
    [50, 60, 'usually 50 seconds to 1 minute', '通常用时：50 秒–1 分钟'],
    [90, 90, 'usually about 1½ minutes', '通常用时：约 1.5 分钟'],
    [900, 3600, 'usually 15 to 60 minutes', '通常用时：15–60 分钟'],
    [5, 5, 'usually a few seconds', '通常用时：几秒'],
    [5, 10, 'usually 5 to 10 seconds', '通常用时：5–10 秒'],
  ])('from %i to %i seconds', (fromSeconds, toSeconds, en, zh) => {
    const range = { fromSeconds, toSeconds };
    expect(typicalDurationText(range, messagesFor('en'))).toBe(en);
    expect(typicalDurationText(range, messagesFor('zh-CN'))).toBe(zh);
  });

  it('is shown next to the progress while the video is generated, and only then', () => {
    const typicalDuration = { fromSeconds: 90, toSeconds: 180 };
    expect(lineOf(running({ typicalDuration }))).toMatch(
      /^Generating · started <t:\d+:R> · usually 1½ to 3 minutes$/,
    );
    expect(lineOf(running({ typicalDuration, progressPercent: 40 }))).toMatch(
      /40 %.* · usually 1½ to 3 minutes$/,
    );
    expect(lineOf(running())).not.toContain('usually');
    const ended = { kind: 'delivered', how: 'attachment' } as const;
    expect(
      taskText({ task: aTask({ stage: running({ typicalDuration }) }), outcome: ended }),
    ).not.toContain('usually');
  });
});
