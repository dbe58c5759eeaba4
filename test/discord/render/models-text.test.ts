import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { modelText } from '../../../src/discord/render/models-text.ts';
import type { Language } from '../../../src/domain/language.ts';
import { routeOf } from '../../fakes/catalogue.ts';

function textOf(id: string, language: Language = 'en'): string {
  const services = { priceList: undefined, durations: { typical: () => undefined } };
  return modelText(routeOf(id), services, messagesFor(language));
}

describe('the details of a model', () => {
  it('say what editing and extending are where its documents offer them', () => {
    const text = textOf('anyfast/seedance-2.0-mini');
    expect(text).toContain('To edit or extend a video: attach it as `video1`');
    expect(text).toContain('at most 1,000 English words or 500 Chinese characters');
    expect(textOf('jimmy/seedance2.0-sp')).not.toContain('To edit');
    expect(textOf('jimmy/seedance2.0-sp')).not.toContain('advises');
    expect(textOf('anyfast/seedance-2.0-mini', 'zh-CN')).toContain(
      '500 个中文字符或 1,000 个英文单词',
    );
  });

  it('say "about" where its documents do', () => {
    expect(textOf('jimmy/seedance2.0-sp')).toContain('for about 3 days');
    expect(textOf('anyfast/seedance-2.0-mini')).toContain('for 24 hours');
    expect(textOf('jimmy/seedance2.0-sp', 'zh-CN')).toContain('约 3 天');
  });

  it.each([
    ['jimmy/sd2_mx', '满血版'],
    ['jimmy/seedance2.0-fast-sp', 'SP 经济版'],
    ['jimmy/seedance2.0-of-sp', 'SP 官方版'],
    ['jimmy/seedance2.0-mini-sp', 'Mini 特价版'],
    ['jimmy/seedance2.0-std', 'STD 标准版'],
  ])('of %s have the name in the Chinese documents, %s', (id, name) => {
    expect(textOf(id, 'zh-CN')).toContain(`服务商文档中的名称：${name}`);
  });
});
