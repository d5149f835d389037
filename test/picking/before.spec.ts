import 'should';

interface Node {
    readonly id: string;
    readonly type: string;
    readonly z?: string;
    readonly links?: readonly string[];
    readonly scope?: readonly string[] | null;
    readonly wires?: readonly string[];
}
const { sourcesBefore } = require('../../src/picking/before.js') as {
    sourcesBefore(RED: object, node: Node): { node: Node; between: Node[] }[];
};

/** As much of the editor as is asked. */
const editor = (all: readonly Node[]) => {
    const at = (id: string) => all.find((each) => each.id === id);
    return {
        nodes: {
            node: at,
            eachNode: (act: (node: Node) => void) => all.forEach((each) => void act(each)),
            eachLink: (act: (link: object) => void) => {
                for (const source of all) for (const id of source.wires ?? []) act({ source, target: at(id) });
            },
        },
    };
};

/** The sources of the node `me`, each with what stands between. */
function standing(...all: readonly Node[]): string[] {
    const me = all.find(({ id }) => id === 'me');
    if (!me) throw new Error('no me');
    return sourcesBefore(editor(all), me).map(({ node, between }) =>
        [node.id, ...between.map(({ id }) => id)].join(' > '),
    );
}

const me = { id: 'me', type: 'missive-create-task' };
const hook = (...wires: string[]) => ({ id: 'in', type: 'missive-webhook-in', wires });

describe('the nodes before a node', () => {
    it('are found through what leaves a message alone: switch, delay, junction, webhook done', () => {
        const quiet = ['switch', 'delay', 'junction', 'missive-webhook-done'];
        const line = quiet.map((type, place) => ({ id: `q${place}`, type, wires: [`q${place + 1}`] }));
        const last = { id: `q${quiet.length}`, type: 'rbe', wires: ['me'] };
        standing(hook('q0'), ...line, last, me).should.eql(['in']);
    });

    it('are told with what may have changed the message, in its order', () => {
        standing(
            hook('a'),
            { id: 'a', type: 'change', wires: ['b'] },
            { id: 'b', type: 'function', wires: ['me'] },
            me,
        ).should.eql(['in > a > b']);
    });

    it('are found over links and link calls', () => {
        const out = { id: 'out', type: 'link out', links: ['li'] };
        const call = { id: 'call', type: 'link call', links: ['li'] };
        const other = { id: 'other', type: 'missive-watch', wires: ['call'] };
        standing(
            hook('out'),
            out,
            other,
            call,
            { id: 'li', type: 'link in', links: ['out'], wires: ['me'] },
            me,
        ).should.eql(['in', 'other > call']);
    });

    it('end at a node of Missive: its answer is the payload then', () => {
        standing(hook('get'), { id: 'get', type: 'missive-get', wires: ['me'] }, me).should.eql(['get']);
    });

    it('are all that lead to it, each once, in a circle too', () => {
        const second = { id: 'second', type: 'missive-sidebar-in', wires: ['me'] };
        standing(hook('me'), second, { ...me, wires: ['d'] }, { id: 'd', type: 'delay', wires: ['me'] }).should.eql([
            'in',
            'second',
        ]);
    });

    it('of a catch node are those of the nodes that it hears', () => {
        const draft = { id: 'draft', type: 'missive-create-draft', z: 'tab' };
        standing(
            { ...hook('draft'), z: 'tab' },
            draft,
            { id: 'c', type: 'catch', scope: ['draft'], wires: ['me'] },
            me,
        ).should.eql(['in']);
    });

    it('are none behind an inject node', () => {
        standing({ id: 'i', type: 'inject', wires: ['me'] }, me).should.eql([]);
    });
});
