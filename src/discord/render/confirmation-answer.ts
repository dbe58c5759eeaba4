import { ButtonStyle, ComponentType } from '../discord-js.ts';
import type { PriceQuestion } from '../../app/ask-for-price.ts';
import { givenMedia } from '../../domain/routes/given-media.ts';
import {
  effectiveRatio,
  effectiveResolution,
  toSubmission,
} from '../../domain/routes/submission.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import type { Row } from '../layout/layout.ts';
import { fitLines } from '../options/fit-lines.ts';
import type { PlainMessage } from '../replies.ts';
import { attachedText } from './attached-text.ts';
import { escapeBeginning } from './escape-user-text.ts';
import { priceText } from './price-text.ts';
import { measureText, ruleText } from './rule-text.ts';

/** Makes the video at the price that is shown. */
export const CONFIRM_PREFIX = 'confirm';
/** Makes it at the lower resolution that is offered beside it. */
export const CONFIRM_CHEAPER_PREFIX = 'confirm-cheaper';

const PROMPT_SHOWN_CHARS = 300;

/**
 * The question whether a price is accepted: what would be made, what it costs, and what is left of
 * the limits.
 */
export function confirmationAnswer(
  question: PriceQuestion,
  route: Route,
  messages: Messages,
  currency: string | undefined,
): PlainMessage {
  const { quote, was, request } = question;
  const { confirm } = messages;
  const head = [
    ...(was === undefined ? [] : [confirm.changed(priceText(was, messages))]),
    confirm.question(route.name, priceText(quote, messages)),
    `> ${escapeBeginning(request.prompt, PROMPT_SHOWN_CHARS)}`,
    `-# ${settingsText(question, route, messages)}`,
  ].join('\n');
  const { text: content } = fitLines(limitLines(question, messages, currency), {
    head,
    more: (left) => `-# ${confirm.more(left)}`,
  });
  return { content, rows: [buttonsOf(question, messages)] };
}

function settingsText({ request }: PriceQuestion, route: Route, messages: Messages): string {
  const { durationSeconds, resolution, ratio } = toSubmission(route, request);
  const shownRatio = effectiveRatio(route, ratio);
  const attached = attachedText(givenMedia(request), messages);
  return [
    messages.units.seconds(String(durationSeconds)),
    effectiveResolution(route, resolution),
    ...(shownRatio === undefined ? [] : [shownRatio]),
    ...(attached === undefined ? [] : [attached]),
  ].join(' · ');
}

function limitLines(
  { left: limits }: PriceQuestion,
  messages: Messages,
  currency: string | undefined,
): string[] {
  return limits.map(({ rule, left }) => {
    const amount = measureText(rule.measure, left, messages, currency);
    return `-# ${messages.confirm.left(amount, ruleText(rule, messages, currency))}`;
  });
}

function buttonsOf({ id, cheaper }: PriceQuestion, messages: Messages): Row {
  const { confirm } = messages;
  const button = { type: ComponentType.Button } as const;
  return [
    {
      ...button,
      style: ButtonStyle.Success,
      label: confirm.button,
      custom_id: `${CONFIRM_PREFIX}:${id}`,
    },
    ...(cheaper === undefined
      ? []
      : [
          {
            ...button,
            style: ButtonStyle.Secondary,
            label: confirm.cheaper(cheaper.resolution, priceText(cheaper.shown, messages)),
            custom_id: `${CONFIRM_CHEAPER_PREFIX}:${id}`,
          } as const,
        ]),
  ];
}
