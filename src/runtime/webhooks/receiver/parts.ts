import type { Node, NodeAPI } from 'node-red';
import { aheadOfFar } from '../../../missive/far-clock';
import type { Account } from '../../account';
import { activityOf } from '../../activity/activity';
import { marked } from '../../delivery-mark';
import { type Flows, flowsOf } from '../../flows';
import type { Recipient } from '../../inbox/inbox';
import { everybody, type Owning, ownershipOf } from '../../owner';
import { followMessages } from '../../passage';
import { OwnRule } from '../../rules/own-rule';
import { fileOf, projectOf } from '../../user-folder';
import type { Receiving } from '../delivery';
import { Emission, messageOf } from '../emission';
import { Filtering } from '../filtering';
import { flowOf } from '../flow-label';
import type { Webhooks } from '../hooks';
import type { Lasting } from '../memory/lasting';
import type { Memory } from '../memory/memory';
import { memoryOf } from '../memory/memory-of';
import { Presence } from '../memory/presence';
import { noter } from '../noted';
import type { Secret } from '../secret';
import type { Settings } from '../settings';
import { WebhookState } from '../webhook-state';
import { Life } from './life';

/** What a node is made of that receives deliveries. */
export interface Circumstances {
    readonly RED: NodeAPI;
    readonly node: Node;
    readonly hooks: Webhooks;
    readonly account: Account | null;
    readonly secret: Secret;
}

/** The parts of a node that receives deliveries. */
export interface Parts {
    readonly life: Life;
    readonly flows: Flows;
    /** What the steps of a delivery see of the node. */
    readonly to: Receiving;
    readonly filtering: Filtering;
    /** Where kept deliveries go. */
    readonly recipient: Recipient;
    readonly presence: Presence | undefined;
    readonly lasting: Lasting;
    /** Stands for the node, among those of all projects. */
    readonly key: string;
    readonly owner: Owning;
    /** Whether the node has files, or a rule of its own. */
    readonly needs: boolean;
}

export function partsOf(given: Circumstances, settings: Settings): Parts {
    const { RED, node, hooks, account, secret } = given;
    const { path, bySelf, keeps, events, filter } = settings;
    const filtering = new Filtering(filter, account?.country);
    const flows = flowsOf(RED);
    const life = new Life(flows);
    const state = new WebhookState(RED, node, secret === 'none' && !bySelf, () => activityOf(RED).touch());
    const parsed = new Map<string, Readonly<Record<string, unknown>>>();
    const key = `${projectOf(RED) ?? ''} ${node.id}`;
    const lasting = hooks.lasting.of(key);
    const redis = account?.redis ?? '';
    // What lies in Redis is everybody's.
    const owner = redis === '' ? ownershipOf(RED) : everybody;
    const mine = () => owner.mine;
    const memory = memoryOf(RED, lasting, { ...settings, node: node.id, key, mine, redis });
    if (memory.inbox) followMessages(RED);
    if (keeps)
        memory.doubts?.((doubt) => {
            state.doubt(doubt?.status ?? '');
            if (doubt) node.warn(doubt.advice);
        });
    const trouble = (text: string) => state.trouble('rule', text);
    const remark = (text: string) => state.remark(text);
    const means = { path, trouble, remark, mine };
    const rule = bySelf && account ? new OwnRule(RED, node, settings.stored, { account, ...means }) : undefined;
    if (bySelf ? !account : secret === 'no account') trouble('no account');
    else if (secret === 'missing') trouble('no secret');
    const presence =
        settings.backfill && account
            ? new Presence(fileOf(RED, 'presence', node.id), Date.now, () => clockOf(account))
            : undefined;
    const emission = new Emission(node, {
        ...{ account, withBody: settings.withBody, flows, parked: lasting.parked },
        sent: () => state.event(),
        failed: (delivery, { message: error }) =>
            void hooks.settle(delivery, 'failed', { node: node.id, error }).catch(() => undefined),
    });
    const needs = memory.inbox !== undefined || memory.states !== undefined || presence !== undefined || bySelf;
    const to: Receiving = {
        mine: () => (needs ? owner.decided().then(() => mine() && rule?.readable !== false) : true),
        ...{ node, path, account, secret, bySelf, rule, events, keeps, memory, emission, state },
        parsed,
        keptOut: filtering.keptOut,
        waiting: hooks.waiting,
        free: () => life.running && (!needs || (isReady(memory) && owner.mine && rule?.readable !== false)),
        started: () => life.started(),
        closed: () => life.over,
        flow: () => flowOf(RED, node),
        note: noter(activityOf(RED), { node, account, keeps }),
        called: (called) => presence?.called(called),
    };
    const recipient = recipientOf(given, to, memory);
    return { life, flows, to, filtering, recipient, presence, lasting, key, owner, needs };
}

/** Whether all that is remembered is known, so that nothing has to be waited for. */
const isReady = ({ inbox, states }: Memory): boolean => states === undefined && (!inbox || inbox.isOpen === true);

const recipientOf = ({ RED, node }: Circumstances, { emission, parsed, state }: Receiving, memory: Memory) =>
    ({
        emit: ({ body, facts, id }, redelivered) =>
            emission.send({
                ...{ body, payload: parsed.get(id), facts, delivery: id, redelivered },
                withdrawn: () => !memory.inbox?.has(id),
            }),
        stopped: (kept) => {
            state.stopped(memory.inbox?.stoppedCount ?? 0);
            if (kept) activityOf(RED).settled(kept.id, 'stopped');
            if (kept) node.error(stoppedAdvice, marked(messageOf(kept), kept.id));
        },
        warn: (text) => node.warn(text),
    }) satisfies Recipient;

const stoppedAdvice =
    'A delivery has failed again and again and is stopped. It is kept: mend the flow and deploy, and it comes again.';

/** By how much this computer's clock is ahead of Missive's, as far as an answer of it has told. */
function clockOf(account: Account): number | undefined {
    try {
        return aheadOfFar(account.client().limiter);
    } catch {
        return undefined;
    }
}
