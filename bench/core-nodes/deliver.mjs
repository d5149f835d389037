// node bench/core-nodes/deliver.mjs ADDRESS SECRET SECONDS ROUND: signed deliveries over ten connections, each in a
// conversation of its own, as fast as they are answered; tells its parent the rate.
import { createHmac } from 'node:crypto';
import autocannon from 'autocannon';

const [url, secret, seconds, round] = process.argv.slice(2);
const connections = 10;
let [client, sent] = [0, 0];

const request = (conversation) => {
    sent += 1;
    const id = `m${round}-${conversation}-${sent}`;
    const body = JSON.stringify({
        rule: { id: 'r1', description: 'To automation', type: 'incoming_email' },
        conversation: {
            id: `c${conversation}`,
            subject: 'Spare part',
            organization: { id: 'o1', name: 'Harbor Bikes' },
        },
        message: {
            id,
            subject: 'Spare part',
            preview: 'é☂ "x" '.repeat(150),
            from_field: { address: 'ann@x.example' },
        },
    });
    return { body, signature: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
};

const run = autocannon({
    url,
    connections,
    duration: Number(seconds),
    method: 'POST',
    setupClient(each) {
        const conversation = client++;
        const next = () => {
            const { body, signature } = request(conversation);
            each.setHeadersAndBody({ 'content-type': 'application/json', 'x-hook-signature': signature }, body);
        };
        next();
        each.on('response', next);
    },
});
const result = await run;
process.send({ rate: result['2xx'] / result.duration, failed: result.non2xx + result.errors });
