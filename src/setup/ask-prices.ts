import type { BillingUnit } from '../domain/routes/route.ts';
import { CURRENCY, parseMoney } from '../domain/ledger/money.ts';
import type { Terminal } from './terminal.ts';
import { setupTexts } from './texts.ts';

const texts = setupTexts.prices;

/** What can be priced. */
export interface PriceQuestion {
  /** Its key in the price list. */
  readonly name: string;
  readonly per: BillingUnit;
}

/** The text of a price list, as typed; `undefined` if none is wanted. */
export async function askPrices(
  terminal: Terminal,
  questions: readonly PriceQuestion[],
): Promise<string | undefined> {
  const currency = await askCurrency(terminal);
  if (currency === undefined) return undefined;
  terminal.say(texts.intro);
  const prices: Record<string, { amount: string; per: string }> = {};
  for (const { name, per } of questions) {
    const amount = await askAmount(terminal, texts.ask(name, currency, texts.units[per]));
    if (amount === '.') break;
    if (amount !== '') prices[name] = { amount, per };
  }
  return `${JSON.stringify({ currency, prices }, null, 2)}\n`;
}

async function askCurrency(terminal: Terminal): Promise<string | undefined> {
  for (;;) {
    const typed = await terminal.ask(texts.askCurrency);
    if (typed === '') return undefined;
    const code = typed.toUpperCase();
    if (CURRENCY.test(code)) return code;
    terminal.say(texts.noCurrency);
  }
}

async function askAmount(terminal: Terminal, question: string): Promise<string> {
  for (;;) {
    const typed = await terminal.ask(question);
    if (typed === '' || typed === '.' || parseMoney(typed) !== undefined) return typed;
    terminal.say(texts.noAmount);
  }
}
