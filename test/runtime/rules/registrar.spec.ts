import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { MissiveError } from '../../../src/missive/errors';
import type { Account } from '../../../src/runtime/account';
import { Registrar } from '../../../src/runtime/rules/registrar';
import { Registrations } from '../../../src/runtime/rules/registrations';
import { register } from '../../../src/runtime/rules/self-registration';

type Answer = (method: string, id: string) => unknown;

describe('the rules of one Node-RED', () => {
    /** What Missive has: id → address. */
    let rules: Map<string, string>;
    let calls: string[];
    let made: number;
    /** What Missive answers in place of what it does by itself. */
    let answer: Answer;
    let folder: string;
    let said: string[];

    const client = {
        send: async ({
            method,
            path: at,
            body,
        }: {
            method: string;
            path: string;
            body?: { hooks: { url: string } };
        }) => {
            const id = at.split('/')[2] ?? '';
            calls.push(`${method} ${id}`.trim());
            if (method === 'POST') rules.set(`h${++made}`, body?.hooks.url ?? '');
            const given = answer(method, id);
            if (given !== undefined) return given;
            if (method === 'DELETE' && !rules.delete(id))
                throw new MissiveError('ERR_MISSIVE_NOT_FOUND', 'no such rule', { status: 404 });
            return { status: 200, body: { hooks: { id: `h${made}` } } };
        },
    };
    const way = { origin: 'here.token', apart: () => ({ client, release: () => {} }) };
    const account = { id: 'acc', client: () => client, ways: [way] } as unknown as Account;
    const file = () => path.join(folder, 'hooks.json');
    const stored = () => JSON.parse(readFileSync(file(), 'utf8'));
    const started = () => {
        const warn = (text: string) => void said.push(text);
        return new Registrar(new Registrations(file(), warn), () => [{ ...way, sure: true }] as never, warn);
    };
    const wanted = (settings: object = {}) => ({ url: 'https://x.example/in', settings: { ...settings } });
    const keyOf = (id: string) => new URL(rules.get(id) ?? 'http://x').searchParams.get('key') ?? undefined;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-registrar-'));
        [rules, calls, made, answer, said] = [new Map(), [], 0, () => undefined, []];
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    for (const [what, given] of Object.entries<Answer>({
        'without a body': (method) => (method === 'POST' ? { status: 201, body: undefined } : undefined),
        'that breaks off': (method) => {
            if (method !== 'POST') return undefined;
            throw new MissiveError('ERR_MISSIVE_NETWORK', 'broken', { status: 201, delivered: 'yes' });
        },
    }))
        it(`an answer ${what} is followed by no second rule, and its first event says which it is`, async () => {
            answer = given;
            await started().ensure('n', account, wanted());
            const again = started();
            await again.ensure('n', account, wanted());
            calls.should.eql(['POST']);
            should(again.sender('n', keyOf('h1'))).equal('own');
            await again.learn('n', 'h1');
            answer = () => undefined;
            const third = started();
            await third.remove('n');
            rules.size.should.equal(0);
            // What has its id keeps it.
            await third.ensure('n', account, wanted());
            await third.learn('n', 'another');
            stored().nodes.n.id.should.equal('h2');
        });

    it('of such a rule whose settings change the key is good until it has called', async () => {
        answer = (method) => (method === 'POST' && made === 1 ? { status: 201, body: undefined } : undefined);
        const registrar = started();
        await registrar.ensure('n', account, wanted());
        const key = keyOf('h1') ?? '';
        await registrar.ensure('n', account, wanted({ subject_contains: 'order' }));
        should([...rules.keys()]).eql(['h1', 'h2']);
        should(registrar.sender('n', key)).equal('lost');
        await registrar.deleteFound(key, 'h1');
        should([...rules.keys()]).eql(['h2']);
    });

    it('names that are looked up while the node is removed make no rule any more', async () => {
        const registrar = started();
        const stop = new AbortController();
        let found: () => void = () => {};
        const names = new Promise<void>((resolve) => {
            found = resolve;
        });
        const rule = async () => names.then(() => wanted());
        const registering = register(registrar, { node: 'n', account, signal: stop.signal }, rule, () => {});
        stop.abort();
        await registrar.remove('n');
        found();
        await registering;
        calls.should.eql([]);
    });

    for (const [what, spoil] of Object.entries<() => void>({
        'taken away': () => rmSync(file()),
        emptied: () => writeFileSync(file(), ''),
        'cut in half': () => writeFileSync(file(), '{"nodes": {"n": {"acc'),
        'overwritten with something else': () => writeFileSync(file(), '{"a": 1}'),
    }))
        it(`a list that is ${what} while Node-RED runs is written anew as it was`, async () => {
            const registrar = started();
            await registrar.ensure('n', account, wanted());
            spoil();
            registrar.registrations.reload();
            should(registrar.sender('n', keyOf('h1'))).equal('own');
            await registrar.ensure('n', account, wanted());
            calls.should.eql(['POST']);
            stored().nodes.n.id.should.equal('h1');
            said.length.should.equal(1);
        });

    it('a list that another Node-RED has written counts as it is', async () => {
        const [one, other] = [started(), started()];
        await one.ensure('n', account, wanted());
        await other.remove('n');
        one.registrations.reload();
        await one.ensure('n', account, wanted());
        calls.should.eql(['POST', 'DELETE h1', 'POST']);
    });

    it('nothing is deleted and nothing made while the list cannot be written, and no rule is forgotten', async () => {
        const registrar = started();
        await registrar.ensure('n', account, wanted());
        const before = stored();
        // The disk fails: where the list is written first there is a folder.
        mkdirSync(`${file()}.new`);
        for (let round = 0; round < 30; round += 1) {
            await registrar
                .ensure('n', account, wanted({ subject_contains: 'order' }))
                .should.be.rejectedWith(/EISDIR/);
            await registrar.remove('n').should.be.rejectedWith(/EISDIR/);
            await registrar.ensure('m', account, wanted()).should.be.rejectedWith(/EISDIR/);
        }
        calls.should.eql(['POST']);
        should(registrar.sender('n', keyOf('h1'))).equal('own');
        // As it was, it is the node's again.
        await registrar.ensure('n', account, wanted());
        calls.should.eql(['POST']);
        rmdirSync(`${file()}.new`);
        stored().should.eql(before);
        await registrar.ensure('m', account, wanted());
        stored().lost.should.eql([]);
        await registrar.ensure('n', account, wanted({ subject_contains: 'order' }));
        should([...rules.keys()].length).equal(2);
    });

    it('a rule that was made while the list could not be written is the node’s, and written as soon as it can be', async () => {
        const registrar = started();
        answer = (method) => {
            if (method === 'POST') mkdirSync(`${file()}.new`, { recursive: true });
            return undefined;
        };
        await registrar.ensure('n', account, wanted()).should.be.rejectedWith(/EISDIR/);
        should(registrar.sender('n', keyOf('h1'))).equal('own');
        rmdirSync(`${file()}.new`);
        await registrar.ensure('n', account, wanted());
        calls.should.eql(['POST']);
        stored().nodes.n.id.should.equal('h1');
    });
});
