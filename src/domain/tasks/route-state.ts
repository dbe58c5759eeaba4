/**
 * What a process has of a task's route. `elsewhere`: its provider is on, but this process does not know the
 * route, which others on the same store may know: they read a provider's list later, or are newer.
 */
export type RouteState = 'on' | 'elsewhere' | 'gone';
