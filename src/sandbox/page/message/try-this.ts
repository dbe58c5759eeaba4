import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import firstPicture from '../../pictures/first-frame.jpg';
import lastPicture from '../../pictures/last-frame.jpg';
import { commandEntries } from '../composer/command-entry.ts';
import { parseCommandLine } from '../composer/command-line.ts';
import type { CommandLine } from '../composer/command-line.ts';
import { textDraft } from '../composer/composer.ts';
import type { ComposerContext } from '../composer/context.ts';
import { pickFile } from '../composer/picked-file.ts';
import { startLine } from '../composer/start-command.ts';

/** Renders three ways to begin; each fills in a command, which the person then sends. */
export function renderTries(context: ComposerContext): TemplateResult | typeof nothing {
  const { open, page } = context;
  const { locale } = page.viewer;
  const entries = commandEntries(open.commands, 1, locale);
  const { label: title, list } = page.texts.tries;
  const chips = list.flatMap(({ label, line, withPictures }) => {
    // The space ends the command's name.
    const known = parseCommandLine(`${line} `, entries, locale);
    return known === undefined
      ? []
      : html`<button
          type="button"
          class="chip"
          @click=${() => void begin(context, known, withPictures ? PICTURES : [])}
        >
          ${label}
        </button>`;
  });
  return chips.length === 0
    ? nothing
    : html`<div class="tries" role="group" aria-label=${title}>
        <span aria-hidden="true">${title}</span>${chips}
      </div>`;
}

const PICTURES = [
  { address: firstPicture, name: 'first-frame.jpg' },
  { address: lastPicture, name: 'last-frame.jpg' },
];

async function begin(
  { open, page }: ComposerContext,
  line: CommandLine,
  pictures: typeof PICTURES,
): Promise<void> {
  const files = await Promise.all(pictures.map(fetchPicture));
  const draft = textDraft('', await Promise.all(files.map(pickFile)));
  page.change((state) => ({ ...state, composer: draft }));
  startLine({ open, page, draft }, line);
}

async function fetchPicture({ address, name }: (typeof PICTURES)[number]): Promise<File> {
  const response = await fetch(address);
  return new File([await response.blob()], name, { type: 'image/jpeg' });
}
