/** Texts of the menu and buttons that resolve unconfirmed charges, in English. */
export const resolveEn = {
  choose: 'Choose a charge to resolve',
  which: 'Was it charged?',
  priced: (action: string, price: string) => `${action} · ${price}`,
  back: 'Back to the list',
  form: {
    title: 'Charged: another amount',
    amount: 'What it really cost',
    example: (currency: string) => `0.90 or 0.90 ${currency}`,
  },
};

export type ResolveWords = typeof resolveEn;
