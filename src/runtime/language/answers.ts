import type { Request } from 'express';
import type { Say } from './speaking';

/** The language that somebody at the editor reads: what they get is in it, whatever Node-RED itself runs in. */
export const sayTo = (request: Request): Say =>
    request.acceptsLanguages('en', 'fr') === 'fr' ? (text, kept) => inFrench(text, kept) : (text) => text;

/** Loaded with the first French answer. */
const inFrench: Say = (text, kept) =>
    (require('./in-french') as typeof import('./in-french')).inFrench(text, undefined, kept);

/** Where an answer to the editor has sentences of ours. */
const places: readonly string[] = ['error', 'trouble'];

/** An answer to the editor, its sentences as `say` says them. */
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
