import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Rendered } from './viewer.ts';

type RenderContent = (content: unknown) => readonly Rendered[];

interface Item {
  readonly depth: number;
  readonly mark: string;
  readonly content: unknown;
}

interface Branch {
  readonly item: Item;
  readonly children: Branch[];
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && 'depth' in value && 'mark' in value;
}

/** Renders the lines of a list as nested lists, by their indentation. */
export function renderList(items: unknown, renderContent: RenderContent): TemplateResult {
  const lines = Array.isArray(items) ? items.filter(isItem) : [];
  return renderBranches(buildTree(lines), renderContent);
}

function buildTree(lines: readonly Item[]): readonly Branch[] {
  const root: Branch[] = [];
  const open: Branch[] = [];
  for (const item of lines) {
    while (open.length > 0 && (open.at(-1)?.item.depth ?? 0) >= item.depth) open.pop();
    const branch: Branch = { item, children: [] };
    (open.at(-1)?.children ?? root).push(branch);
    open.push(branch);
  }
  return root;
}

function renderBranches(branches: readonly Branch[], renderContent: RenderContent): TemplateResult {
  const entries = branches.map(
    ({ item, children }) =>
      html`<li>
        ${renderContent(item.content)}${
          children.length === 0 ? '' : renderBranches(children, renderContent)
        }
      </li>`,
  );
  const first = branches[0]?.item.mark ?? '-';
  return /^\d/u.test(first)
    ? html`<ol class="marks" start=${Number.parseInt(first, 10)}>
        ${entries}
      </ol>`
    : html`<ul class="marks">
        ${entries}
      </ul>`;
}
