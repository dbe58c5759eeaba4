import type { SKRSContext2D } from '@napi-rs/canvas';

import type { FrameSize } from './frame-size.ts';
import type { Scene } from './scene.ts';
import { hashWord } from './word-hash.ts';

const MAX_SHAPES = 24;
const TURN = 2 * Math.PI;

/** Animates a prompt without pictures: its colours come from the prompt, each word is a drifting shape, and every run is the same. */
export function wordScene(prompt: string): Scene {
  const hue = hashWord(prompt) % 360;
  const words = wordsOf(prompt).slice(0, MAX_SHAPES);
  return (context, size, progress) => {
    paintSky(context, size, hue + 30 * progress);
    for (const [index, word] of words.entries()) {
      paintShape(context, size, { hash: hashWord(`${index} ${word}`), hue, progress });
    }
  };
}

function wordsOf(prompt: string): string[] {
  const words = new Intl.Segmenter('und', { granularity: 'word' });
  const found = Array.from(words.segment(prompt)).filter(({ isWordLike }) => isWordLike === true);
  return found.length > 0 ? found.map(({ segment }) => segment) : [prompt];
}

function paintSky(context: SKRSContext2D, size: FrameSize, hue: number): void {
  const sky = context.createLinearGradient(0, 0, 0, size.height);
  sky.addColorStop(0, `hsl(${hue % 360} 55% 22%)`);
  sky.addColorStop(0.65, `hsl(${(hue + 40) % 360} 60% 48%)`);
  sky.addColorStop(1, `hsl(${(hue + 70) % 360} 65% 62%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, size.width, size.height);
}

interface Shape {
  readonly hash: number;
  readonly hue: number;
  readonly progress: number;
}

function paintShape(context: SKRSContext2D, size: FrameSize, { hash, hue, progress }: Shape): void {
  const part = (shift: number): number => ((hash >>> shift) & 0xff) / 0xff;
  const short = Math.min(size.width, size.height);
  const angle = TURN * (part(0) + progress * (part(8) - 0.5));
  const reach = 0.12 + 0.4 * part(16);
  const radius =
    short * (0.04 + 0.1 * part(24)) * (1 + 0.2 * Math.sin(TURN * (progress + part(4))));
  context.save();
  context.translate(
    size.width * (0.5 + reach * Math.cos(angle)),
    size.height * (0.42 + reach * 0.8 * Math.sin(angle)),
  );
  context.rotate(angle * 2);
  context.globalAlpha = 0.75;
  context.fillStyle = `hsl(${(hue + 150 + 120 * part(12)) % 360} 75% ${55 + 25 * part(20)}%)`;
  context.beginPath();
  outline(context, hash % 4, radius);
  context.fill();
  context.restore();
}

function outline(context: SKRSContext2D, kind: number, radius: number): void {
  if (kind === 0) context.arc(0, 0, radius, 0, TURN);
  else if (kind === 1) context.roundRect(-radius, -radius, 2 * radius, 2 * radius, radius / 4);
  else if (kind === 2) context.ellipse(0, 0, radius * 1.4, radius * 0.6, 0, 0, TURN);
  else {
    context.moveTo(0, -radius);
    context.lineTo(radius, radius);
    context.lineTo(-radius, radius);
  }
}
