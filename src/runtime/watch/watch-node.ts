import type { Node, NodeAPI, NodeMessage, NodeStatus } from 'node-red';
import { ending } from '../../missive/ending';
import type { Account } from '../account';
import { flowsOf } from '../flows';
import { statusOf } from '../operations/in-short';
import { pausedStatus } from '../paced-status';
import { recordedOf } from '../recorded/recorded';
import { type Part, withAccount } from '../with-account';
import { knowledgeOf } from './knowledge';
import { look, type News } from './look';
import { questionOf } from './question';
import { watched } from './watched';
import { everyOf, watching } from './watching';

type Config = Readonly<Record<string, unknown>>;
type Facts = Readonly<Record<string, unknown>>;

/** What a node shows under itself; translated in the editor. */
export const statuses = {
    account: 'no account',
    looking: 'looking',
    watching: 'watching',
    failed: 'failed',
} as const;

/** Starts a node that tells what is new or changed in Missive; it looks as long as it is deployed. */
export function startWatch(RED: NodeAPI, node: Node, config: Config): void {
    const id = typeof config.account === 'string' ? config.account : undefined;
    withAccount(RED, node, id, (account) => watchOver(RED, node, config, account));
}

function watchOver(RED: NodeAPI, node: Node, config: Config, account: Account | null): Part {
    const kind = watched[String(config.resource ?? 'contacts')];
    if (typeof account?.client !== 'function' || !kind) {
        node.status({ fill: 'red', shape: 'ring', text: statuses.account });
        return { end: () => {} };
    }
    const knowledge = knowledgeOf(RED, node, account);
    const stop = ending();
    const { signal } = stop;
    const together = config.send === 'array';
    const question = questionOf(RED, node, config, account);
    const flows = flowsOf(RED);
    let trouble = '';
    const quiet: NodeStatus = { fill: 'green', shape: 'ring', text: statuses.watching };
    let wasPaused = false;
    const unfollow = account.pause.follow((on) => {
        if (on !== wasPaused) node.status(on ? pausedStatus : quiet);
        wasPaused = on;
    });

    const lookOnce = async () => {
        let isCut = false;
        if (!account.pause.on) node.status({ fill: 'blue', shape: 'dot', text: statuses.looking });
        const known = await knowledge.turn();
        if (!known) {
            // Another Node-RED looks for all.
            node.status(account.pause.on ? pausedStatus : quiet);
            return;
        }
        const query = await question.query();
        await known.open(question.name);
        const client = account.client();
        await look({
            ...{ watched: kind, query, known, signal, together },
            first: config.first === 'emit' ? 'emit' : 'skip',
            send: (call) => client.send(call, { node: node.id, priority: 'low', signal }),
            cut: () => {
                // Said once, not at every look.
                if (trouble !== goesNoFurther) node.warn(goesNoFurther);
                isCut = true;
            },
            tell: async (news) => {
                // Between the stop and the start of a deploy a message would be lost.
                await flows.running();
                if (signal.aborted) throw new Error('The node was stopped.');
                if (!knowledge.isOurs) throw new Error('Another Node-RED looks for news by now.');
                const msg = messageOf(RED, news, together, String(config.resource ?? 'contacts'));
                recordedOf(RED).note(node.id, 'out', msg);
                node.send(msg);
                // The flow behind gets its turn after each, so that a list does not pile up in front of it.
                await new Promise((resolve) => setImmediate(resolve));
            },
        });
        trouble = isCut ? goesNoFurther : '';
        if (!signal.aborted) node.status(account.pause.on ? pausedStatus : quiet);
    };
    const failed = (error: Error) => {
        if (!signal.aborted) node.status({ fill: 'red', shape: 'ring', text: statusOf(RED, error) });
        // Said once, not at every look.
        if (error.message !== trouble) node.error(error, {});
        trouble = error.message;
    };

    let course: Promise<void> = Promise.resolve();
    // What a node sends before all nodes of a deploy exist may be lost.
    const follow = () => {
        off();
        course = watching({ every: everyOf(config.every), signal, look: lookOnce, failed });
    };
    const off = flows.onStarted(follow);
    return {
        follow,
        async end(removed) {
            off();
            unfollow();
            stop.abort();
            node.status({});
            await course;
            await knowledge.end(removed === true);
        },
    };
}

const goesNoFurther =
    'Missive gave the same page again and again, or cut off the rows of one second, so nobody can tell whether there is more news than this: look at the list in Missive.';

function messageOf(RED: NodeAPI, news: readonly News[], together: boolean, resource: string): NodeMessage {
    const _msgid = RED.util.generateId();
    const events = news.map(factsOf);
    if (together)
        return {
            _msgid,
            topic: resource,
            payload: news.map(({ row }) => row),
            missive: { event: resource, events },
        } as NodeMessage;
    const [only] = news;
    return { _msgid, topic: only?.topic, payload: only?.row, missive: events[0] } as NodeMessage;
}

/** The ids that nodes behind it look for, as behind webhook in. */
function factsOf({ topic, row }: News): Facts {
    const { id, conversation, organization } = row;
    const inside =
        typeof organization === 'object' && organization !== null ? (organization as Facts).id : organization;
    const own = topic.split('_')[0];
    return {
        event: topic,
        conversation: own === 'conversation' ? id : (conversation ?? undefined),
        contact: own === 'contact' ? id : undefined,
        task: own === 'task' ? id : undefined,
        organization: inside ?? undefined,
    };
}
