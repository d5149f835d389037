import type { Request } from 'express';
import type { Labels } from './in-french';
import type { Language } from './labels';
import type { Say } from './speaking';

/** The language that somebody at the editor, or on the practice page, reads. */
export const languageOf = (request: Request): Language =>
    request.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en-US';

/**
 * The language that somebody at the editor reads: what they get is in it, whatever Node-RED itself runs in. `labels`: what
 * the form in question calls its fields in French. The catalogue is loaded with the first French answer.
 */
export const sayTo = (request: Request, labels?: () => Labels): Say =>
    languageOf(request) === 'fr'
        ? (text, kept) => (require('./in-french') as typeof import('./in-french')).inFrench(text, labels?.(), kept)
        : (text) => text;

/** Where an answer to the editor has sentences of ours. */
const places: readonly string[] = ['error', 'trouble', 'why', 'text'];

/** An answer to the editor in which nothing is anybody else's, its sentences as `say` says them. */
export function answerIn(say: Say, answer: unknown): unknown {
    if (Array.isArray(answer)) return answer.map((each) => answerIn(say, each));
    if (typeof answer !== 'object' || answer === null) return answer;
    return Object.fromEntries(
        Object.entries(answer).map(([key, value]) => [
            key,
            places.includes(key) && typeof value === 'string' ? say(value) : answerIn(say, value),
        ]),
    );
}
