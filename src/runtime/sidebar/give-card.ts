import type { Card } from '../../missive/cards/card';
import { harmless } from '../../missive/cards/effects';
import { inputError } from '../../missive/errors';
import type { SidebarMessage } from './message';
import type { Sidebars } from './sidebars';

/** Where a card goes: to the request that it answers, else to the open pages of a conversation. */
export interface Address {
    readonly sidebar?: string;
    readonly conversation?: string;
    /** Id of the sidebar in node whose pages are meant. */
    readonly node?: string;
}

/**
 * Whom a message is for: what its `msg.missive` says; behind another node of the package, which has put its own there,
 * the request that it started with.
 */
export function addressIn(msg: SidebarMessage): Address {
    const { sidebar, conversation } = textsIn(msg.missive);
    if (sidebar !== undefined) return { sidebar };
    if (conversation !== undefined) return { conversation };
    return typeof msg._missiveSidebar === 'string' ? { sidebar: msg._missiveSidebar } : {};
}

function textsIn(missive: unknown): { readonly sidebar?: string; readonly conversation?: string } {
    if (typeof missive !== 'object' || missive === null) return {};
    const { sidebar, conversation } = missive as Readonly<Record<string, unknown>>;
    return {
        ...(typeof sidebar === 'string' && sidebar !== '' ? { sidebar } : {}),
        ...(typeof conversation === 'string' && conversation !== '' ? { conversation } : {}),
    };
}

/** Gives a card to the pages that it is for, and says how many they are; throws `ERR_MISSIVE_INPUT` that says why it cannot. */
export function giveCard(sidebars: Sidebars, address: Address, card: Card): number {
    if (address.sidebar !== undefined) return answer(sidebars, address.sidebar, card);
    if (address.conversation === undefined)
        throw inputError(
            'The message belongs to no sidebar: it has neither msg.missive.sidebar nor msg.missive.conversation. Pass on the message of sidebar in.',
        );
    const barred = card.effects?.find((each) => !harmless.includes(each.do));
    if (barred)
        throw inputError(
            `The effect ${barred.do} cannot be pushed: every page that shows the conversation would do it again. Answer an event of sidebar in with it.`,
        );
    return sidebars.pages.push(address.conversation, address.node, card);
}

function answer({ requests, pages }: Sidebars, name: string, card: Card): number {
    const request = requests.at(name);
    if (!request) throw inputError(sentences.unknown);
    const { state, page, conversation, seq } = request;
    if (state === 'open') {
        requests.answer(name, card);
        pages.shows(page, name);
        return 1;
    }
    if (state !== 'answered') throw inputError(sentences[state]);
    const n = requests.answer(name, card);
    if (!pages.replace(page, name, { card, conversation, request: name, seq, n })) throw inputError(sentences.repeated);
    return 1;
}

const sentences = {
    unknown:
        'msg.missive.sidebar is unknown: it names no request of a page, or Node-RED was started anew since. The page offers to try again.',
    late: 'The card is late: the sidebar has waited for it and offers to try again. Give it an earlier card, or let sidebar in wait longer.',
    restarted:
        'The card is late: the sidebar in node was deployed anew since it sent the message. The page offers to try again.',
    left: 'The card is late: the page was closed, or shows another conversation by now.',
    repeated:
        'msg.missive.sidebar is repeated: the request has its card, and the page has gone on to something else since.',
} as const;
