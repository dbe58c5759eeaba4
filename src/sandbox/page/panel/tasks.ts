import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Snapshot } from '../../playground/protocol.ts';
import type { StageView, TaskView } from '../../playground/protocol/panel.ts';
import type { Page } from '../page.ts';
import { nameOf } from '../state/selectors.ts';
import { badge, clockTime, json, emptyNote } from './parts.ts';

/** Renders the tasks with their stages, newest first. */
export function renderTasks(snapshot: Snapshot, page: Page): TemplateResult {
  const { tasks } = snapshot.panel;
  if (tasks.length === 0) return emptyNote(page);
  return html`<div class="entries">
    ${repeat(
      tasks.toReversed(),
      ({ id }) => id,
      (task) => guard([task, page.texts], () => renderTask(task, snapshot, page)),
    )}
  </div>`;
}

function renderTask(task: TaskView, snapshot: Snapshot, page: Page): TemplateResult {
  const { texts } = page;
  const settings = [`${task.durationSeconds} s`, task.resolution, task.ratio ?? ''];
  return html`<article class="entry task">
    <h3>
      ${task.model}
      ${task.outcome === undefined ? nothing : badge(texts.badges.outcomes[task.outcome], task.outcome === 'delivered')}
    </h3>
    <p class="facts">
      ${nameOf(snapshot, task.personId) ?? task.personId} · ${settings.filter(Boolean).join(' · ')}
    </p>
    <p class="facts">
      ${texts.panel.money[task.money]}${task.amount === undefined ? '' : ` ${task.amount}`}${
        task.quote === undefined ? '' : ` · ${texts.panel.quote(task.quote)}`
      }
    </p>
    <ol class="stages">
      ${task.stages.map((stage, at) => renderStage(stage, task.stages[at - 1], page))}
    </ol>
    <p class="ids">
      ${task.id}${task.providerTaskId === undefined ? '' : ` · ${task.providerTaskId}`}
    </p>
  </article>`;
}

function renderStage(stage: StageView, before: StageView | undefined, page: Page): TemplateResult {
  const { texts } = page;
  const took = before === undefined ? '' : `+${((stage.at - before.at) / 1000).toFixed(1)} s`;
  const head = html`${clockTime(stage.at, page)} <b>${texts.panel.stages[stage.name]}</b>
    <span class="took">${took}</span>`;
  return Object.keys(stage.details).length === 0
    ? html`<li>${head}</li>`
    : html`<li>
        <details>
          <summary>${head}</summary>
          ${json(stage.details, texts.panel.details)}
        </details>
      </li>`;
}
