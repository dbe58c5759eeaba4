/** An invented price list, so that the sandbox shows amounts; real ones stand in the providers' consoles. */
export const EXAMPLE_PRICES = {
  currency: 'USD',
  rates: { CNY: '0.1400' },
  prices: {
    'jimmy/seedance2.0-mini-sp-480p': { amount: '0.50', currency: 'CNY', per: 'task' },
    'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', currency: 'CNY', per: 'task' },
    'jimmy/seedance2.0-fast-i2v': { amount: '1.20', currency: 'CNY', per: 'task' },
    'jimmy/seedance2.0-sp-720p': { amount: '0.35', currency: 'CNY', per: 'second' },
    'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
  },
} as const;
