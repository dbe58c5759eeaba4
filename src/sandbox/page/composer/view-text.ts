import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { act } from '../link/act.ts';
import { ICONS } from '../theme/icons.ts';
import { commandEntries, matchingEntries } from './command-entry.ts';
import type { CommandEntry } from './command-entry.ts';
import { renderAttachButton, renderAttached } from './attached-files.ts';
import { parseCommandLine } from './command-line.ts';
import { textDraft } from './composer.ts';
import { changeDraft } from './context.ts';
import type { TextContext } from './context.ts';
import { handleKey } from './keys.ts';
import type { KeyHandlers } from './keys.ts';
import { LIST_ID, entryId, renderList, moveHighlight } from './list.ts';
import { fileInput } from './picked-file.ts';
import { startCommand, startLine } from './start-command.ts';

/** Renders a message being typed; after a slash, with the list of commands above it. */
export function renderTextDraft(context: TextContext): TemplateResult {
  const { page, draft, open } = context;
  const { texts } = page;
  const matches = matchesOf(context);
  const isListed = matches.length > 0;
  return html`<form
    class="composer"
    aria-label=${texts.composer.label}
    @submit=${(event: Event) => {
      event.preventDefault();
      say(context);
    }}
  >
    ${isListed ? renderCommands(context, matches) : nothing}
    ${
      page.state.composerNote === undefined
        ? nothing
        : html`<p class="composer-note" role="status">${page.state.composerNote}</p>`
    }
    ${renderAttached(context)}
    <div class="composer-box">
      ${renderAttachButton(context)}
      <textarea
        id="composer-text"
        rows="1"
        maxlength="2000"
        placeholder=${texts.composer.placeholder(open.channel.name)}
        aria-label=${texts.composer.placeholder(open.channel.name)}
        role=${isListed ? 'combobox' : nothing}
        aria-expanded=${isListed ? 'true' : nothing}
        aria-controls=${isListed ? LIST_ID : nothing}
        aria-activedescendant=${isListed ? entryId(draft.highlighted) : nothing}
        .value=${live(draft.text)}
        @input=${({ currentTarget }: Event) => {
          if (currentTarget instanceof HTMLTextAreaElement) type(context, currentTarget.value);
        }}
        @keydown=${(event: KeyboardEvent) => {
          handleKey(event, keysOf(context, matches));
        }}
      ></textarea>
      ${renderCommandsButton(context)}
      <button type="submit" class="icon-button" aria-label=${texts.composer.send}>
        ${ICONS.send}
      </button>
    </div>
  </form>`;
}

function renderCommandsButton(context: TextContext): TemplateResult {
  const { texts } = context.page;
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${texts.composer.commands}
    title=${texts.composer.commands}
    @click=${() => {
      changeDraft(context, 'text', ({ files }) => textDraft('/', files));
      document.querySelector<HTMLElement>('#composer-text')?.focus();
    }}
  >
    <span class="slash" aria-hidden="true">/</span>
  </button>`;
}

function matchesOf({ draft, open, page }: TextContext): readonly CommandEntry[] {
  if (!draft.text.startsWith('/') || draft.isListClosed) return [];
  const entries = commandEntries(open.commands, 1, page.viewer.locale);
  return matchingEntries(entries, draft.text.slice(1));
}

function renderCommands(context: TextContext, matches: readonly CommandEntry[]): TemplateResult {
  const { page, draft } = context;
  const entries = matches.map((entry) => ({
    label: entry.label,
    note: entry.description,
    select: () => {
      startCommand(context, entry);
    },
  }));
  return html`<div class="composer-popup">
    <div class="popup-head">${page.state.snapshot?.botUser.name}</div>
    ${renderList(entries, draft.highlighted, page.texts.composer.commands)}
  </div>`;
}

/** Sets the text; a command's name followed by a space starts it, with options of a pasted line. */
function type(context: TextContext, text: string): void {
  const { open, page } = context;
  const { locale } = page.viewer;
  const line = parseCommandLine(text, commandEntries(open.commands, 1, locale), locale);
  if (line === undefined) changeDraft(context, 'text', ({ files }) => textDraft(text, files));
  else startLine(context, line);
}

function keysOf(context: TextContext, matches: readonly CommandEntry[]): KeyHandlers {
  const { draft } = context;
  const highlighted = matches[draft.highlighted];
  const move = (by: number) => (): boolean => {
    if (matches.length === 0) return false;
    const next = moveHighlight(draft.highlighted, by, matches.length);
    changeDraft(context, 'text', (now) => ({ ...now, highlighted: next }));
    return true;
  };
  const selectHighlighted = (): boolean => {
    if (highlighted !== undefined) startCommand(context, highlighted);
    return highlighted !== undefined;
  };
  return {
    next: move(1),
    previous: move(-1),
    dismiss() {
      if (matches.length > 0) {
        changeDraft(context, 'text', (now) => ({ ...now, isListClosed: true }));
      }
      return matches.length > 0;
    },
    advance: selectHighlighted,
    accept() {
      if (!selectHighlighted()) say(context);
      return true;
    },
    erase: () => false,
  };
}

/** Posts the text as a message, with its files. */
function say(context: TextContext): void {
  const { draft, open, page } = context;
  const content = draft.text.trim();
  const { files } = draft;
  if (content === '' && files.length === 0) return;
  changeDraft(context, 'text', () => textDraft(''));
  const channelId = open.channel.id;
  const given = files.map((picked, at) => fileInput(at, picked));
  void act(page, {
    action: {
      kind: 'say',
      channelId,
      content,
      ...(given.length === 0 ? {} : { files: given }),
    },
    channelId,
    files: files.map(({ file }) => file),
  });
  for (const { preview } of files) URL.revokeObjectURL(preview);
}
