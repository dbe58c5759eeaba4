import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../src/sandbox/page/markdown/parse.ts';
import { plainText } from '../../../src/sandbox/page/markdown/plain-text.ts';
import type { Viewer } from '../../../src/sandbox/page/markdown/viewer.ts';
import { timestampText } from '../../../src/sandbox/timestamp-text.ts';

const types = (text: string) => parseMarkdown(text).map(({ type }) => type);

describe('a message’s text', () => {
  it('has small print also right after a quote', () => {
    expect(types('> quote\n-# small\nplain')).toEqual(['blockQuote', 'subtext', 'text']);
  });

  it('has small print and heads at the start of a line alone', () => {
    expect(types('a -# b # c').every((type) => type === 'text')).toBe(true);
    expect(types('# head\nplain')).toEqual(['heading', 'text']);
  });

  it('has lists, with depth and numbers, and goes on after them', () => {
    const [list, after] = parseMarkdown('- one `x`\n  - two\n3. three\nafter');
    expect(list).toMatchObject({
      type: 'list',
      items: [
        { depth: 0, mark: '-', content: [{ type: 'text' }, { type: 'inlineCode', content: 'x' }] },
        { depth: 1, mark: '-' },
        { depth: 0, mark: '3.' },
      ],
    });
    expect(after).toMatchObject({ type: 'text' });
  });

  it('has no list in the middle of a line', () => {
    expect(types('5 - 3')).not.toContain('list');
  });

  it('has mentions, times and commands', () => {
    const text = '<@123456789012345678> <t:1700000000:R> </video:123456789012345678>';
    expect(types(text).filter((type) => type !== 'text')).toEqual([
      'user',
      'timestamp',
      'slashCommand',
    ]);
  });
});

describe('a text on one line, as above a reply', () => {
  const viewer: Viewer = {
    locale: 'en',
    nowMs: 1_700_000_000_000,
    spoilerLabel: '',
    userName: () => 'Ada',
    roleName: () => 'Artists',
    channelName: (id) => (id === '200000000000000002' ? 'videos' : undefined),
    messageLink: (channel) => `#${channel} › message`,
    goTo: () => {},
  };
  const link = 'https://discord.com/channels/1/200000000000000002/3';
  it.each([
    [`done · [message](${link})`, 'done · message'],
    [`-# Again: ${link}`, 'Again: #videos › message'],
    [`<${link}>`, '#videos › message'],
    ['[**file**](https://a.test/b_c_d?e=1)', 'file'],
    ['https://a.test/b', 'https://a.test/b'],
    ['### Title\n- one [x](https://a.test)\n- two\nend', 'Title one x two end'],
    ['<@123456789012345678> in <#200000000000000002>', '@Ada in #videos'],
    ['<t:1699999995:R>', '5 seconds ago'],
  ])('%s is %s', (text, plain) => {
    expect(plainText(text, viewer)).toBe(plain);
  });
});

describe('a time', () => {
  const now = { nowMs: 1_700_000_000_000, locale: 'en-US' };
  it.each([
    [1_700_000_000, 'now'],
    [1_700_000_000 - 5, '5 seconds ago'],
    [1_700_000_000 - 119, '1 minute ago'],
    [1_700_000_000 + 7200, 'in 2 hours'],
    [1_700_000_000 - 86_400, 'yesterday'],
  ])('%i is relative: %s', (seconds, expected) => {
    expect(timestampText(seconds, 'R', now)).toBe(expected);
  });

  it('is in the viewer’s language', () => {
    expect(timestampText(1_700_000_000 - 5, 'R', { ...now, locale: 'zh-CN' })).toBe('5秒钟前');
  });

  it('that no calendar has is said to be none', () => {
    expect(timestampText(Number.NaN, 'f', now)).toBe('Invalid date');
    expect(timestampText(9e15, 'f', now)).toBe('Invalid date');
  });
});
