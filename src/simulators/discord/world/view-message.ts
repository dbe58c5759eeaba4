import { FLAGS } from '../limits.ts';
import { COMPONENT } from '../component-types.ts';
import { flattenComponents } from '../rules/component-tree.ts';
import { field, listOf, recordsOf, textOf } from '../values.ts';
import type { Cdn } from './cdn.ts';
import type { MessageState } from './compose.ts';
import type { ButtonView, ContentView, ForwardView, MessageView } from './message-view.ts';
import type { Forward, MessageVersion, StoredMessage } from './messages.ts';
import { renderComponents } from './render-components.ts';
import { renderEmbeds } from './render-embeds.ts';
import { shownByComponents } from './render-message.ts';

type Json = Record<string, unknown>;

function embedTexts(embed: Json): unknown[] {
  const fields = recordsOf(embed['fields']).flatMap((entry) => [entry['name'], entry['value']]);
  return [
    field(embed['author'], 'name'),
    embed['title'],
    embed['description'],
    ...fields,
    field(embed['footer'], 'text'),
  ];
}

function componentTexts(components: readonly Json[]): unknown[] {
  return flattenComponents(components, []).flatMap(({ component }) => [
    field(component, 'content'),
    field(component, 'label'),
    field(component, 'placeholder'),
    ...listOf(field(component, 'options')).map((option) => field(option, 'label')),
  ]);
}

function buttonsOf(components: readonly Json[]): ButtonView[] {
  return flattenComponents(components, [])
    .filter(({ type }) => type === COMPONENT.button)
    .map(({ component }) => ({
      customId: textOf(field(component, 'custom_id')),
      url: textOf(field(component, 'url')),
      label: textOf(field(component, 'label')) ?? '',
      disabled: field(component, 'disabled') === true,
    }));
}

function viewContent(state: MessageState, cdn: Cdn): ContentView {
  const files = { attachments: state.attachments, cdn };
  const embeds = renderEmbeds(state.embeds, files);
  const components = renderComponents(state.components, files);
  const v2 = (state.flags & FLAGS.componentsV2) !== 0;
  const shown = shownByComponents(state, cdn);
  const texts = [state.content, ...embeds.flatMap(embedTexts), ...componentTexts(components)];
  return {
    content: state.content,
    embeds,
    components,
    attachments: state.attachments.map((attachment) => ({
      ...attachment,
      url: cdn.url(attachment.id),
      shown: !v2 || shown.has(attachment.id),
    })),
    text: texts.filter((text) => typeof text === 'string' && text !== '').join('\n'),
    buttons: buttonsOf(components),
    flags: state.flags,
  };
}

function viewForward(forward: Forward, cdn: Cdn): ForwardView {
  const { messageId, channelId, guildId, snapshot } = forward;
  const { createdAt, state } = snapshot;
  return { ...viewContent(state, cdn), messageId, channelId, guildId, createdAt };
}

/** Returns a version of a message (default: the latest) as a reader sees it. */
export function viewMessage(
  message: StoredMessage,
  cdn: Cdn,
  version: MessageVersion = message.latest,
): MessageView {
  const { state } = version;
  const own = viewContent(state, cdn);
  const forwarded = message.forward === undefined ? undefined : viewForward(message.forward, cdn);
  return {
    ...own,
    id: message.id,
    channelId: message.channelId,
    authorId: message.authorId,
    interactionId: message.interactionId,
    text: forwarded?.text ?? own.text,
    ephemeral: message.ephemeralFor !== undefined,
    loading: (state.flags & FLAGS.loading) !== 0,
    deleted: version.deleted,
    repliesTo: message.repliesTo,
    forwarded,
    via: version.via,
    createdAt: message.createdAt,
    at: version.at,
  };
}
