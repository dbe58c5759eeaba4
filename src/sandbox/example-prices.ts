const yuan = (per: 'task' | 'second', amount: string) => ({ amount, currency: 'CNY', per });

/**
 * An invented price list, which lets the sandbox show amounts; the providers' consoles list the real
 * prices. Every model has a price, because a cost quota refuses videos of unknown price.
 */
export const EXAMPLE_PRICES = {
  currency: 'USD',
  rates: { CNY: '0.1400' },
  prices: {
    'jimmy/seedance2.0-mini-sp-480p': yuan('task', '0.50'),
    'jimmy/seedance2.0-mini-sp-720p': yuan('task', '0.90'),
    'jimmy/seedance2.0-fast-i2v': yuan('task', '1.20'),
    'jimmy/seedance2.0-sp-480p': yuan('second', '0.20'),
    'jimmy/seedance2.0-sp-720p': yuan('second', '0.35'),
    'jimmy/seedance2.0-sp-1080p': yuan('second', '0.80'),
    'jimmy/seedance2.0-fast-sp-480p': yuan('second', '0.15'),
    'jimmy/seedance2.0-fast-sp-720p': yuan('second', '0.25'),
    'jimmy/seedance2.0-fast-sp-1080p': yuan('second', '0.55'),
    'jimmy/seedance2.0-of-sp-480p': yuan('second', '0.30'),
    'jimmy/seedance2.0-of-sp-720p': yuan('second', '0.50'),
    'jimmy/seedance2.0-of-sp-1080p': yuan('second', '1.10'),
    'jimmy/seedance2.0-of-fast-sp-480p': yuan('second', '0.25'),
    'jimmy/seedance2.0-of-fast-sp-720p': yuan('second', '0.40'),
    'jimmy/seedance2.0-of-fast-sp-1080p': yuan('second', '0.90'),
    'jimmy/seedance2.0-mini-480p': yuan('second', '0.10'),
    'jimmy/seedance2.0-mini-720p': yuan('second', '0.18'),
    'jimmy/seedance2.0-mini-1080p': yuan('second', '0.40'),
    'jimmy/seedance2.0-md': yuan('task', '2.00'),
    'jimmy/seedance2.0-fast-md': yuan('task', '1.50'),
    'jimmy/seedance2.0-std': yuan('task', '1.80'),
    'jimmy/sd2_mx_720p': yuan('second', '0.30'),
    'jimmy/sd2_mx_1080p': yuan('second', '0.70'),
    'jimmy/sd2_mx_2k': yuan('second', '1.20'),
    'jimmy/sd2_mx_4k': yuan('second', '2.50'),
    'jimmy/sd2_mx_fast_720p': yuan('second', '0.22'),
    'jimmy/sd2_mx_fast_1080p': yuan('second', '0.50'),
    'jimmy/sd2_mx_video_720p': yuan('second', '0.40'),
    'jimmy/sd2_mx_video_1080p': yuan('second', '0.90'),
    'jimmy/sd2_mx_video_2k': yuan('second', '1.50'),
    'jimmy/sd2_mx_video_4k': yuan('second', '3.00'),
    'jimmy/sd2_mx_video_fast_720p': yuan('second', '0.30'),
    'jimmy/sd2_mx_video_fast_1080p': yuan('second', '0.65'),
    'jimmy/upload': yuan('task', '0.02'),
    'jimmy/upload-video': yuan('task', '0.10'),
    'jimmy/upload-audio': yuan('task', '0.05'),
    'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
  },
} as const;
