/** The price list of every round. */
export const PRICES = {
  currency: 'USD',
  rates: { CNY: '0.1400' },
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', currency: 'CNY', per: 'task' },
    'jimmy/seedance2.0-sp-720p': { amount: '0.35', currency: 'CNY', per: 'second' },
    'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
  },
};

/** The guilds of every round, two channels each. */
export const GUILDS = ['1', '2', '3'].map((digit) => ({
  id: `12000000000000000${digit}`,
  name: `Guild ${digit}`,
  channels: [
    { id: `13000000000000001${digit}`, name: 'general' },
    { id: `13000000000000002${digit}`, name: 'films' },
  ],
}));
