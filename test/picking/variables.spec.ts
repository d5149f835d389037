import should from 'should';

interface Thing {
    readonly id: string;
    readonly type?: string;
    readonly z?: string;
    readonly g?: string;
    readonly env?: readonly { readonly name: string; readonly type: string; readonly value?: unknown }[];
}
const { variablesOf, accountIn } = require('../../src/picking/variables.js') as {
    variablesOf(RED: object, node: Thing): { name: string; type: string; value?: unknown }[];
    accountIn(RED: object, id: string, variables: readonly object[]): Thing | undefined;
};

const text = (name: string, value: string) => ({ name, type: 'str', value });

/** As much of the editor as is asked. */
const editor = (given: { nodes?: Thing[]; groups?: Thing[]; flows?: Thing[]; subflows?: Thing[] }) => {
    const at = (list: readonly Thing[] | undefined) => (id: string) => list?.find((each) => each.id === id) ?? null;
    return {
        nodes: {
            ...{ node: at(given.nodes), group: at(given.groups) },
            ...{ workspace: at(given.flows), subflow: at(given.subflows) },
            eachNode: (act: (node: Thing) => void) => given.nodes?.forEach((each) => void act(each)),
        },
    };
};
const found = (RED: object, node: Thing) =>
    Object.fromEntries(
        variablesOf(RED, node)
            .toReversed()
            .map(({ name, type, value }) => [name, type === 'differs' ? type : value]),
    );

describe('the variables of a node that is edited', () => {
    it('are those of its groups over those of its flow', () => {
        const RED = editor({
            groups: [
                { id: 'inner', g: 'outer', env: [text('A', 'inner')] },
                { id: 'outer', env: [text('A', 'outer'), text('B', 'outer')] },
            ],
            flows: [{ id: 'flow', env: [text('A', 'flow'), text('B', 'flow'), text('C', 'flow')] }],
        });
        should(found(RED, { id: 'me', z: 'flow', g: 'inner' })).eql({ A: 'inner', B: 'outer', C: 'flow' });
    });

    it('of a subflow are those that all its instances have, also by the flow around them, and its own where there is none', () => {
        const subflows = [{ id: 'sub', env: [text('SHOP', 'default'), text('TEAM', 'Sales')] }];
        const flows = [{ id: 'flow', env: [text('LAND', 'PT')] }];
        const instance = (id: string, ...env: ReturnType<typeof text>[]) => ({
            id,
            type: 'subflow:sub',
            z: 'flow',
            env,
        });
        const me = { id: 'me', z: 'sub' };
        should(found(editor({ subflows }), me)).eql({ SHOP: 'default', TEAM: 'Sales' });
        const one = instance('one', text('SHOP', 'harbor'));
        should(found(editor({ subflows, flows, nodes: [one] }), me)).eql({ SHOP: 'harbor', TEAM: 'Sales', LAND: 'PT' });
        const nodes = [one, instance('other', text('TEAM', 'Sales'))];
        should(found(editor({ subflows, flows, nodes }), me)).eql({ SHOP: 'differs', TEAM: 'Sales', LAND: 'PT' });
    });

    it('come to an end where a subflow stands in itself', () => {
        const subflows = [{ id: 'sub', env: [text('A', 'a')] }];
        const nodes = [{ id: 'x', type: 'subflow:sub', z: 'sub' }];
        should(found(editor({ subflows, nodes }), { id: 'me', z: 'sub' })).eql({ A: 'a' });
    });

    it('choose the account that a node names by one of them', () => {
        const RED = editor({ nodes: [{ id: 'acc', type: 'missive-config' }] });
        should(accountIn(RED, 'acc', [])).have.property('id', 'acc');
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as Node-RED writes it
        const by = (variables: object[]) => accountIn(RED, '${ACC}', variables);
        should(by([text('ACC', 'acc')])).have.property('id', 'acc');
        should(by([{ name: 'ACC', type: 'differs' }])).be.undefined();
        should(by([])).be.undefined();
    });
});
