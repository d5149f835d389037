import 'should';
import { personOf } from '../../../src/missive/content/recipient';

describe('the parts of a name', () => {
    for (const [name, first_name, last_name] of [
        ['Ann Lee', 'Ann', 'Lee'],
        ['van der Berg, Jan', 'Jan', 'van der Berg'],
        ['Prof. Dr. Müller', null, 'Müller'],
        ['Dr.', null, null],
        ['Mr', null, null],
        ['Lee, Ann, Jr.', null, null],
        ['+351 910 000 001', null, null],
        ['ann@x.example', null, null],
    ] as const)
        it(`of “${name}”: ${first_name}, ${last_name}`, () => {
            personOf({ name }).should.have.properties({ first_name, last_name });
        });
});
