import type { APIButtonComponent, APISelectMenuComponent } from 'discord.js';
import type { OfferedWay } from '../../app/ports/confirmation-port.ts';
import type { Way } from '../../domain/ways/way.ts';
import { effectiveResolution } from '../../domain/routes/submission.ts';
import { ButtonStyle, ComponentType } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';
import { shorten } from '../render/escape-user-text.ts';
import { priceText } from '../render/price-text.ts';

/** Chooses one of the ways of an offer, in a select. */
export const CHOOSE_ACTION = 'choose';
/** Opens the form with what was typed. */
export const CHANGE_ACTION = 'change';

/** Discord's limit for the label of a choice. */
const LABEL_MAX = 100;

/** The maximum of ways to choose from, because a select of Discord's has no more options. */
const MAX_WAYS = 25;

/** What is offered of the ways that there are, and the line that says so if these are not all. */
export function offeredOf(
  all: readonly Way[],
  { second: { form } }: Messages,
): { readonly ways: readonly Way[]; readonly more: readonly string[] } {
  const more = all.length > MAX_WAYS ? [`-# ${form.moreModels}`] : [];
  return { ways: all.slice(0, MAX_WAYS), more };
}

/** The select of an offer's ways; each choice shows its price. Its values are positions. */
export function waySelect(
  offerId: string,
  ways: readonly Way[],
  messages: Messages,
): APISelectMenuComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: `${CHOOSE_ACTION}:${offerId}`,
    placeholder: messages.second.chooseModel,
    options: ways.map((way, index) => ({ label: wayLabel(way, messages), value: String(index) })),
  };
}

function wayLabel({ route, request, quote }: Way, messages: Messages): string {
  const resolution = effectiveResolution(route, request.resolution);
  const model = `${route.name} · ${resolution}`;
  return shorten(messages.second.way(model, priceText(quote, messages)), LABEL_MAX);
}

/** What is kept of a way, so that its price can be agreed to. */
export function offeredWay({ route, request: { resolution }, quote: shown }: Way): OfferedWay {
  return { route: route.id, shown, ...(resolution === undefined ? {} : { resolution }) };
}

/** A button of an offer; the suggested one stands out. */
export function offerButton(
  action: string,
  offerId: string,
  label: string,
  isSuggested = false,
): APIButtonComponent {
  const style = isSuggested ? ButtonStyle.Success : ButtonStyle.Secondary;
  return { type: ComponentType.Button, style, label, custom_id: `${action}:${offerId}` };
}
