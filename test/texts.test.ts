import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../src/domain/language.ts';
import { projectRoot } from '../src/sandbox/project-root.ts';
import { catalogueTexts, operatorTexts } from './texts/catalogue-texts.ts';
import { halfWidthIn, runOnLinkIn } from './texts/half-width.ts';
import { REVIEWED_LIST, renderReviewedList } from './texts/reviewed-list.ts';

/** A word that names something for which another word is used, and that word. */
interface SecondName {
  readonly pattern: RegExp;
  readonly say: string;
}

const GLOSSARY: Readonly<Record<(typeof LANGUAGES)[number], readonly SecondName[]>> = {
  en: [
    { pattern: /\b(?:tasks?|jobs?)\b/i, say: 'video' },
    { pattern: /\bquotas?\b/i, say: 'limit' },
    { pattern: /(?<!API )\baddress(?:es)?\b/i, say: 'link' },
    { pattern: /\bstore\b/i, say: 'database' },
    { pattern: /\b(?:held|holds?)\b/i, say: 'unconfirmed charge' },
    { pattern: /\b(?:settle[sd]?|released?)\b/i, say: 'charged, not charged or resolve' },
    { pattern: /\b(?:routes?)\b/i, say: 'model' },
    { pattern: /(?<!real )\bpersons?\b|\*?(?:some|every|any|no)body\b/i, say: 'member, someone' },
    { pattern: /\bimages?\b/i, say: 'picture' },
  ],
  'zh-CN': [
    { pattern: /供应商|提供商/, say: '服务商' },
    { pattern: /暂扣|冻结/, say: '待确认扣费' },
    { pattern: /结算|释放/, say: '已扣费、未扣费或处理' },
    { pattern: /您/, say: '你' },
    { pattern: /配额|限额/, say: '额度' },
    { pattern: /任务|作业/, say: '视频' },
    { pattern: /(?<!接口)地址/, say: '链接' },
    { pattern: /存储/, say: '数据库' },
    { pattern: /价目表/, say: '价格表' },
    { pattern: /画师/, say: '创作者' },
    { pattern: /画廊/, say: '展示频道' },
    { pattern: /交付/, say: '送达' },
    { pattern: /分辨率/, say: '清晰度' },
    { pattern: /，它们/, say: '，（不用代词）' },
  ],
};

/** What people type as it is, such as names of commands and options; and names of arguments. */
const CODE = /`[^`]*`|npm run [a-z]+|\/[a-z]+(?: [a-z]+)*|\{\w+\}/g;

/** What the operator types, and reads in logs and settings. */
const OPERATOR_WORDS = /\b(?:tasks?|addresse?s?|settled?|released?)\b/gi;

/** A number or a Latin word that touches a Han character. */
const TOUCHING = /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u;

function faultsOf(
  language: (typeof LANGUAGES)[number],
  faultOf: (text: string) => string | undefined,
): string[] {
  return catalogueTexts(language).flatMap(({ key, text }) => {
    const fault = faultOf(text);
    return fault === undefined ? [] : [`${key}: ${fault}: ${text}`];
  });
}

function secondNameIn(language: (typeof LANGUAGES)[number], text: string): string | undefined {
  const prose = text.replaceAll(CODE, ' ');
  const found = GLOSSARY[language].find(({ pattern }) => pattern.test(prose));
  return found === undefined ? undefined : `say ${found.say}`;
}

it('was read as it is: after a change, read both languages and run `npm run texts`', () => {
  const reviewed = readFileSync(join(projectRoot(), REVIEWED_LIST), 'utf8').split('\n');
  const current = renderReviewedList().split('\n');
  const unread = current.filter((line) => !reviewed.includes(line));
  const gone = reviewed.filter((line) => !current.includes(line));
  expect({ unread, gone }).toEqual({ unread: [], gone: [] });
});

it('has every text in it, in both languages', () => {
  const lines = renderReviewedList().split('\n');
  expect(lines.length).toBeGreaterThan(500);
  expect(lines).toContain('bot.task.done\tDone\t完成');
  expect(lines).toContain('bot.confirm.button\tMake this video\t生成这个视频');
  expect(lines).toContain('doctor.disk.free\t{gibibytes} GiB free\t');
  expect(lines.filter((line) => /undefined|\[object|NaN/.test(line))).toEqual([]);
});

it.each([
  ['完成,谢谢', ','],
  ['**完成**:谢谢', '**:'],
  ['见 `/models`;谢谢', '`;'],
  ['（默认)', '认)'],
  ['{when}:完成', '}:'],
  ['将于 <t:1:f> (<t:1:R>) 重置', '(<'],
  ['- 每天 {limit} ({forbids})', '})'],
  ['时区：UTC. 已生效。', 'C.'],
  ['时区：UTC.', 'C.'],
  ['已加入禁用词列表："zebra"', '"'],
  ['- `duration`: 5 秒', '`:'],
  ['**未扣费。** 请稍后再试', '。** '],
  ['**另有：** 你的偏好', '：** '],
  ['**删除？** 此操作无法撤销', '？** '],
  ['时区：**UTC**。 已生效。', '。 '],
  ['见 `/usage holds task:…`。', undefined],
  ['**1.** 一只苍鹭', undefined],
  ['1. 一只苍鹭', undefined],
  ['价格高于 **1.50** 时（约 $1.50）需先确认。', undefined],
  ['完成，谢谢（见 `/models`）：{when}。', undefined],
])('finds a half-width mark in %s: %s', (text, mark) => {
  expect(halfWidthIn(text)?.endsWith(mark ?? ' ') ?? false).toBe(mark !== undefined);
});

it('keeps half-width marks away from Han characters', () => {
  expect(faultsOf('zh-CN', halfWidthIn)).toEqual([]);
});

it.each([
  ['一个视频：{link}（编号 1）', '{link}（'],
  ['一个视频：https://discord.com/channels/1/2/3（1）', 'https://discord.com/channels/1/2/3（'],
  ['由 {link}生成', '{link}生'],
  ['一个视频：{link}。', '{link}。'],
  ['由 {link} 生成', undefined],
  ['由 <{link}>生成', undefined],
  ['由 <https://discord.com/channels/1/2/3>生成', undefined],
  ['Try the link: {link}', undefined],
])('finds the text that a link takes into it in %s: %s', (text, taken) => {
  expect(runOnLinkIn(text)).toBe(taken);
});

it.each(LANGUAGES)('ends every link with a blank or a bracket in %s', (language) => {
  expect(faultsOf(language, runOnLinkIn)).toEqual([]);
});

it('sets numbers and Latin words off from Han characters by a blank', () => {
  expect(faultsOf('zh-CN', (text) => TOUCHING.exec(text.replaceAll('\n', ' '))?.[0])).toEqual([]);
});

it.each(LANGUAGES)('calls one thing by one name in %s', (language) => {
  expect(faultsOf(language, (text) => secondNameIn(language, text))).toEqual([]);
});

it('calls one thing by one name to the operator too', () => {
  const faults = operatorTexts().flatMap(({ key, text }) => {
    const fault = secondNameIn('en', text.replaceAll(OPERATOR_WORDS, ' '));
    return fault === undefined ? [] : [`${key}: ${fault}: ${text}`];
  });
  expect(faults).toEqual([]);
});

it.each([
  ['en', 'Your quota is used up.', 'say limit'],
  ['en', 'See `/quota list` or /quota show.', undefined],
  ['en', 'The address of the file', 'say link'],
  ['zh-CN', '您的视频', 'say 你'],
] as const)('finds a second name in %s: %s', (language, text, found) => {
  expect(secondNameIn(language, text)).toBe(found);
});
