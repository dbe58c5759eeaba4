import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ButtonStyle, ComponentType } from '../../../src/discord/discord-js.ts';
import type { Frame, Layout, Part } from '../../../src/discord/layout/layout.ts';
import { renderLayout } from '../../../src/discord/layout/render-layout.ts';
import { checkComponents } from '../../../src/simulators/discord/rules/component-rules.ts';

const more = (left: number): string => `… and ${left} more`;

type Shown = ReturnType<typeof renderLayout>['components'][number];

/** All components of a message, with those in containers. */
const allOf = (components: readonly Shown[]) =>
  components.flatMap((component) =>
    component.type === ComponentType.Container ? [component, ...component.components] : [component],
  );
const textsOf = (components: readonly Shown[]): string[] =>
  allOf(components).flatMap((each) =>
    each.type === ComponentType.TextDisplay ? [each.content] : [],
  );

const lines = (count: number, length = 10): string[] =>
  Array.from({ length: count }, (_, index) => `${index} `.padEnd(length, 'x'));

const text = fc.string({ minLength: 1, maxLength: 6000 }).filter((typed) => typed.trim() !== '');
const line = fc.oneof(fc.string({ minLength: 1, maxLength: 200 }), text);
/** A row of so many buttons, whose custom ids are in no other row. */
const rowOf = (buttons: number, number: number): Part => ({
  kind: 'row',
  row: Array.from({ length: buttons }, (_, index) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: 'b',
    custom_id: `${number}:${index}`,
  })),
});
const PICTURE: Part = { kind: 'picture', file: 'chart.png', description: 'a chart' };
const part: fc.Arbitrary<Part> = fc.oneof(
  text.map((typed): Part => ({ kind: 'text', text: typed })),
  fc
    .record({
      title: fc.option(fc.string({ minLength: 1, maxLength: 100 }), { nil: undefined }),
      listed: fc.array(line, { maxLength: 80 }),
      beyond: fc.integer({ min: 0, max: 1000 }),
    })
    .map(({ title, listed, beyond }): Part => ({
      kind: 'lines',
      lines: listed,
      beyond,
      ...(title === undefined ? {} : { title }),
    })),
  fc.constant<Part>({ kind: 'divider' }),
);
const frame = fc
  .array(part, { maxLength: 12 })
  .map((parts): Frame => ({ kind: 'frame', accent: 0x5b_9d_ff, parts }));
const layouts = fc
  .record({
    blocks: fc.array(fc.oneof(frame, part), { maxLength: 40 }),
    rows: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }),
  })
  .map(({ blocks, rows }): Layout => ({ blocks: [...blocks, PICTURE, ...rows.map(rowOf)], more }));

/** How many lines a layout stands for. */
const sizeOf = ({ blocks }: Layout): number =>
  blocks
    .flatMap((block): readonly Part[] => (block.kind === 'frame' ? block.parts : [block]))
    .reduce(
      (sum, each) => sum + (each.kind === 'lines' ? each.lines.length + (each.beyond ?? 0) : 0),
      0,
    );

describe('a layout of any size', () => {
  it('is a message that Discord takes, with all rows, and says what it leaves out', () => {
    fc.assert(
      fc.property(layouts, fc.boolean(), (layout, hasFile) => {
        const names = ['chart.png', ...(hasFile ? ['all.txt'] : [])];
        const { components, left } = renderLayout(layout, names);
        const files = names.map((filename) => ({ filename, contentType: '' }));
        expect(checkComponents(components, [], { v2: true, files })).toEqual([]);
        const rows = components.filter(({ type }) => type === ComponentType.ActionRow);
        expect(rows).toHaveLength(layout.blocks.filter(({ kind }) => kind === 'row').length);
        const named = JSON.stringify(components);
        for (const name of names) expect(named).toContain(`attachment://${name}`);
        expect(left).toBeLessThanOrEqual(sizeOf(layout));
        const isSaid = /… and \d+ more/.test(textsOf(components).join('\n'));
        expect(isSaid || left === 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('counts what is left out', () => {
    const listed = lines(1000);
    const layout: Layout = { blocks: [{ kind: 'lines', title: 'Title', lines: listed }], more };
    const { components, left } = renderLayout(layout);
    const shown = textsOf(components)[0]?.split('\n') ?? [];
    expect(shown).toEqual(['Title', ...listed.slice(0, 1000 - left), more(left)]);
    expect(textsOf(components).join('').length).toBeGreaterThan(3800);
  });

  it('shows all of what fits', () => {
    const blocks: Frame[] = [
      {
        kind: 'frame',
        parts: [
          { kind: 'text', text: 'head' },
          { kind: 'divider' },
          { kind: 'lines', title: 'Title', lines: ['a', 'b'] },
        ],
      },
    ];
    const { components, left } = renderLayout({ blocks, more });
    expect(left).toBe(0);
    expect(textsOf(components)).toEqual(['head', 'Title\na\nb']);
  });

  it('keeps a title and a count of every list where the first one takes the room', () => {
    const blocks: Part[] = [
      { kind: 'lines', title: 'One', lines: lines(500, 50) },
      { kind: 'lines', title: 'Two', lines: lines(7, 300), beyond: 3 },
    ];
    const texts = textsOf(renderLayout({ blocks, more }).components);
    expect(texts[0]).toMatch(/^One\n0 x/);
    expect(texts[1]).toBe('Two\n… and 10 more');
  });

  it('counts the lists for which there are too many components', () => {
    const blocks = Array.from({ length: 60 }, (): Frame => {
      return { kind: 'frame', parts: [{ kind: 'lines', lines: ['a', 'b'] }] };
    });
    const { components, left } = renderLayout({ blocks, more });
    expect(allOf(components).length).toBeLessThanOrEqual(40);
    expect(textsOf(components).at(-1)).toBe(more(left));
    expect(textsOf(components)).toHaveLength((120 - left) / 2 + 1);
  });

  it('has no divider that divides nothing', () => {
    const divider: Part = { kind: 'divider' };
    const gone: Part = { kind: 'lines', lines: [] };
    const parts: Part[] = [divider, { kind: 'text', text: 'a' }, divider, gone, divider];
    const { components } = renderLayout({ blocks: [{ kind: 'frame', parts }], more });
    expect(allOf(components).map(({ type }) => type)).toEqual([
      ComponentType.Container,
      ComponentType.TextDisplay,
    ]);
  });
});
