import { inputError, MissiveError } from '../../../src/missive/errors';
import { failureOf } from '../../../src/missive/wire/failure';
import { sentences } from '../../../src/runtime/language/catalogue';
import { inFrench } from '../../../src/runtime/language/in-french';
import { saidByMissive, told } from '../../../src/runtime/language/speaking';

const labels = new Map([
    ['Title', 'Titre'],
    ['To', 'À'],
    ['Due', 'Échéance'],
]);

describe('A sentence in French', () => {
    const cases: readonly (readonly [english: string, french: string])[] = [
        ['Title (msg.payload.title) is missing.', 'Titre (msg.payload.title) : il manque une valeur.'],
        ['Title is missing', 'Titre : il manque une valeur'],
        [
            'To (to_fields) has a number inside a name: “Ann 12345678”.',
            'À (to_fields) : un numéro se trouve dans un nom : « Ann 12345678 ».',
        ],
        [
            'Title (title) should be a number, but is a list of 3.',
            'Titre (title) : il faut un nombre, et non une liste de 3.',
        ],
        [
            'Missive could not be reached (ECONNREFUSED). Check the address, the network and the proxy.',
            'Missive n’a pas pu être joint (ECONNREFUSED). Vérifiez l’adresse, le réseau et le proxy.',
        ],
        [
            'The call waited longer than the 5 s the account allows. Before that: Missive failed (502). Try again later.',
            'L’appel a attendu plus longtemps que les 5 s permises par le compte. Avant cela : Missive a échoué (502). Réessayez plus tard.',
        ],
        [
            'card.effects and effect are both there: give one of them.',
            'card.effects et effect sont là tous les deux : donnez-en un.',
        ],
        [
            'The response “Is missing.” (to_fields) has an address inside a name: “a user”.',
            'La réponse « Is missing. » (to_fields) : une adresse se trouve dans un nom : « a user ».',
        ],
    ];
    for (const [english, french] of cases)
        it(`says “${french}”`, () => {
            inFrench(english, labels).should.equal(french);
        });

    it('says all sentences of what stands behind a colon', () => {
        const several = Object.entries(sentences).filter(
            ([english, french]) =>
                /[.] [A-Z].*[.]$/.test(english) && !/\{\d\}/.test(english) && !french.startsWith(': '),
        );
        several.length.should.be.above(20);
        for (const [english, french] of several)
            for (const more of ['', ' The disk is full.'])
                inFrench(`Refused a webhook at /in: ${english}${more}`).should.equal(
                    `Webhook refusé à /in : ${french}${more}`,
                );
    });

    it('leaves what is not ours as it is', () => {
        for (const text of ['Something else broke.', 'TypeError: x is undefined', '', 'a. '.repeat(3000)])
            inFrench(text).should.equal(text);
    });
});

describe('An error in French', () => {
    const say = (text: string, kept?: string) => inFrench(text, labels, kept);

    it('keeps its code, its cause and its kind, and the one that was thrown stays English', () => {
        const thrown = new MissiveError('ERR_MISSIVE_GUARD', 'The node was stopped.', { delivered: 'no' });
        const error = told(thrown, say) as MissiveError;
        error.should.be.instanceof(MissiveError);
        error.message.should.equal('Le nœud a été arrêté.');
        error.should.have.properties({ name: 'MissiveError', code: 'ERR_MISSIVE_GUARD', delivered: 'no' });
        (error.cause as object).should.eql({ code: 'ERR_MISSIVE_GUARD', delivered: 'no' });
        String(error.stack).should.containEql('Le nœud a été arrêté.');
        thrown.message.should.equal('The node was stopped.');
    });

    it('leaves Missive’s own words as they are, even where they are like ours', () => {
        const text = JSON.stringify({ error: { message: 'Title is missing.' } });
        const refused = failureOf({
            token: 'missive_pat-x',
            attempts: 1,
            exchange: { status: 404, text },
        } as Parameters<typeof failureOf>[0]);
        saidByMissive(refused).should.equal('Title is missing.');
        String((told(refused, say) as Error).message).should.equal(
            'Title is missing. Vérifiez l’identifiant ; ce qu’il désigne a peut-être été supprimé (404).',
        );
    });

    it('is the very same where there is nothing to translate', () => {
        const error = inputError('Nobody translated this.');
        (told(error, say) === error).should.equal(true);
    });
});
