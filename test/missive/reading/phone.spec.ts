import should from 'should';
import { phoneKey, phoneOf, toPhoneNumber } from '../../../src/missive/reading/phone';

describe('a telephone number as people write it', () => {
    const forms = [
        '(+351) 910 000 001',
        '(00351) 910000001',
        'tel:+351910000001',
        'TEL: +351 910 000 001',
        '+٣٥١ ٩١٠ ٠٠٠ ٠٠١',
        '+۳۵۱۹۱۰۰۰۰۰۰۱',
        '+३५१९१००००००१',
    ];
    for (const form of forms)
        it(`is the same number: ${form}`, () => {
            should(phoneOf(form)?.number).equal('+351910000001');
            phoneKey(form).should.equal(phoneKey('+351910000001'));
            toPhoneNumber(form).should.equal('+351910000001');
        });

    for (const form of [
        '+351910000001;ext=5',
        'tel:+351-910-000-001;ext=5',
        '+351 910 000 001 #5',
        '+351910000001 Ext. 5',
    ])
        it(`has an extension: ${form}`, () => {
            should(phoneOf(form)).match({ number: '+351910000001', extension: '5' });
            phoneKey(form).should.equal(phoneKey('+351910000001 x5')).and.not.equal(phoneKey('+351910000001'));
            (() => toPhoneNumber(form)).should.throw(/extension/);
        });

    it('with the country’s code in brackets, and a zero that is not dialled from abroad', () => {
        should(phoneOf('(+44) (0)20 7946 0018')?.number).equal('+442079460018');
        should(phoneOf('٠٢٠ ٧٩٤٦ ٠٠١٨', 'GB')?.number).equal('+442079460018');
    });

    for (const form of ['+351910000001 / +351910000002', '+44 20 7946 0018,5', '1-800-FLOWERS', '*21*+351910000001#'])
        it(`is none that a message reaches: ${form}`, () => {
            (() => toPhoneNumber(form)).should.throw();
        });
});
