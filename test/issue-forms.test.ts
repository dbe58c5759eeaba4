import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';

const FOLDER = join(projectRoot(), '.github/ISSUE_TEMPLATE');
const FORMS = readdirSync(FOLDER).filter((name) => name !== 'config.yml');

const id = z.string().regex(/^[\w-]+$/);
const validations = z.strictObject({ required: z.boolean() }).optional();
const asked = { label: z.string().min(1), description: z.string().optional() };
/** What GitHub takes for a form. */
const form = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  labels: z.array(z.string()),
  body: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('markdown'),
        attributes: z.strictObject({ value: z.string().min(1) }),
      }),
      z.strictObject({
        type: z.literal('textarea'),
        id,
        attributes: z.strictObject({ ...asked, render: z.string().optional() }),
        validations,
      }),
      z.strictObject({
        type: z.literal('input'),
        id,
        attributes: z.strictObject(asked),
        validations,
      }),
      z.strictObject({
        type: z.literal('dropdown'),
        id,
        attributes: z.strictObject({ ...asked, options: z.array(z.string()).min(1) }),
        validations,
      }),
    ]),
  ),
});

const read = (name: string): unknown => parse(readFileSync(join(FOLDER, name), 'utf8'));

it('are one for bugs and one for features', () => {
  expect(FORMS.toSorted()).toEqual(['bug.yml', 'feature.yml']);
});

describe.each(FORMS)('the form %s', (name) => {
  it('is one that GitHub takes', () => {
    expect(form.safeParse(read(name)).error?.issues).toBeUndefined();
  });

  it('asks each thing once, and needs an answer to something', () => {
    const questions = form.parse(read(name)).body.filter((part) => part.type !== 'markdown');
    const labels = questions.flatMap((part) => [part.id, part.attributes.label]);
    expect(new Set(labels).size).toBe(labels.length);
    expect(questions.some((part) => part.validations?.required === true)).toBe(true);
  });
});
