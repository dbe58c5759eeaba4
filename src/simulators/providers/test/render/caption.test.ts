import type { SKRSContext2D } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

// The canvas reads this when it is loaded: from here on this process has no system fonts.
vi.stubEnv('DISABLE_SYSTEM_FONTS_LOAD', '1');
const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas');
const { CAPTION_FAMILY, registerCaptionFont } = await import('../../render/caption-font.ts');
const { drawCaption, wrapCaption } = await import('../../render/caption.ts');

const FAMILIES_BEFORE = GlobalFonts.families.length;

function ink(draw: (context: SKRSContext2D) => void): Buffer {
  const canvas = createCanvas(120, 80);
  draw(canvas.getContext('2d'));
  return canvas.data();
}

function glyph(character: string): Buffer {
  return ink((context) => {
    context.font = `40px "${CAPTION_FAMILY}"`;
    context.fillText(character, 10, 55);
  });
}

function width(text: string): number {
  const context = createCanvas(10, 10).getContext('2d');
  context.font = `40px "${CAPTION_FAMILY}"`;
  return context.measureText(text).width;
}

const measure = (text: string): number => text.length;

describe('the caption font', () => {
  test('comes from its package alone', () => {
    expect(FAMILIES_BEFORE).toBe(0);
    registerCaptionFont();
    registerCaptionFont();
    const families = GlobalFonts.families.map(({ family }) => family);
    // The files' own family name is listed beside the registered one.
    expect(families.filter((family) => !family.startsWith('Noto Sans SC'))).toEqual([
      CAPTION_FAMILY,
    ]);
  });

  test('draws every character of its own and none as the empty box', () => {
    registerCaptionFont();
    const characters = ['A', 'g', 'é', 'ő', 'ế', 'Я', '€', '…', '你', '好', '猫', '龘', '。', 'あ'];
    const missing = '\u{10FFFD}';
    const drawn = new Set(
      [missing, ...characters].map((character) => glyph(character).toString('base64')),
    );
    expect(drawn.size).toBe(characters.length + 1);
    for (const character of characters) {
      expect(glyph(character).some((byte) => byte !== 0)).toBe(true);
    }
  });

  test('draws a character between Latin words as it draws it alone', () => {
    registerCaptionFont();
    expect(width('a猫b')).toBeCloseTo(width('a') + width('猫') + width('b'), 1);
  });
});

describe('a caption', () => {
  const size = { width: 640, height: 360 };

  test('leaves a frame alone when there is nothing to say', () => {
    expect(
      drawCaption(' 🎬 ', size)
        .data()
        .every((byte) => byte === 0),
    ).toBe(true);
  });

  test('stays in the lower part of the frame', () => {
    const pixels = drawCaption('一只猫在月光下弹钢琴。'.repeat(30), size).data();
    const upper = (size.width * 4 * size.height) / 2;
    expect(pixels.subarray(0, upper).every((byte) => byte === 0)).toBe(true);
    expect(pixels.subarray(upper).includes(255)).toBe(true);
  });
});

describe('wrapping a caption', () => {
  test.each([
    ['', []],
    ['one line', ['one line']],
    ['two words that need two', ['two words', 'that need', 'two']],
    ['unbreakableword', ['unbreakabl', 'eword']],
    ['一只猫在月光下弹钢琴吗', ['一只猫在月光下弹钢琴', '吗']],
    ['a b c d e f g h i j k l m n o p q r s t', ['a b c d e', 'f g h i j', 'k l m n o…']],
  ])('turns %j into %j at ten characters a line', (text, lines) => {
    expect(wrapCaption(text, 10, measure)).toEqual(lines);
  });

  test('never gives more than three lines, nor one that is too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), (text) => {
        const lines = wrapCaption(text, 10, measure);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(10);
      }),
    );
  });
});
