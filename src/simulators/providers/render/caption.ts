import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { createCanvas } from '@napi-rs/canvas';

import { CAPTION_FAMILY, registerCaptionFont } from './caption-font.ts';
import type { FrameSize } from './frame-size.ts';

/** Returns the width of a text in pixels. */
export type MeasureText = (text: string) => number;

const MAX_LINES = 3;
const ELLIPSIS = '…';

/** Breaks a text into at most three lines of `maxWidth` pixels; longer text ends with an ellipsis. */
export function wrapCaption(text: string, maxWidth: number, measure: MeasureText): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of breakablePieces(text, maxWidth, measure)) {
    if (line !== '' && measure((line + piece).trimEnd()) > maxWidth) {
      lines.push(line.trimEnd());
      line = '';
      if (lines.length === MAX_LINES) {
        return [...lines.slice(0, -1), shortened(lines.at(-1) ?? '', maxWidth, measure)];
      }
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** Draws the prompt at the bottom of a transparent layer of the frame's size, which covers every frame. */
export function drawCaption(text: string, size: FrameSize): Canvas {
  registerCaptionFont();
  const layer = createCanvas(size.width, size.height);
  const context = layer.getContext('2d');
  const fontSize = Math.max(12, Math.round(Math.min(size.width, size.height) / 22));
  context.font = `${fontSize}px "${CAPTION_FAMILY}"`;
  const margin = fontSize * 1.5;
  const lines = wrapCaption(
    drawable(text),
    size.width - 2 * margin,
    (part) => context.measureText(part).width,
  );
  if (lines.length === 0) return layer;
  const lineHeight = fontSize * 1.4;
  const top = size.height - margin - lines.length * lineHeight;
  darkenBottom(context, size, top - margin);
  context.fillStyle = '#ffffff';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const [index, line] of lines.entries()) {
    context.fillText(line, size.width / 2, top + (index + 0.5) * lineHeight);
  }
  return layer;
}

function breakablePieces(text: string, maxWidth: number, measure: MeasureText): string[] {
  return segments(text, 'word').flatMap((word) =>
    measure(word) <= maxWidth ? [word] : segments(word, 'grapheme'),
  );
}

function segments(text: string, granularity: 'word' | 'grapheme'): string[] {
  return Array.from(
    new Intl.Segmenter('und', { granularity }).segment(text),
    ({ segment }) => segment,
  );
}

function shortened(line: string, maxWidth: number, measure: MeasureText): string {
  const characters = segments(line, 'grapheme');
  while (characters.length > 0 && measure(characters.join('').trimEnd() + ELLIPSIS) > maxWidth) {
    characters.pop();
  }
  return characters.join('').trimEnd() + ELLIPSIS;
}

/** Makes the text one line without pictographs, because the font has no glyphs for them. */
function drawable(text: string): string {
  return text
    .replaceAll(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F}|\u{200D}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function darkenBottom(context: SKRSContext2D, size: FrameSize, from: number): void {
  const shade = context.createLinearGradient(0, from, 0, size.height);
  shade.addColorStop(0, 'rgba(0, 0, 0, 0)');
  shade.addColorStop(0.4, 'rgba(0, 0, 0, 0.55)');
  shade.addColorStop(1, 'rgba(0, 0, 0, 0.7)');
  context.fillStyle = shade;
  context.fillRect(0, from, size.width, size.height - from);
}
