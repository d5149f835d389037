// llms.txt: what a person gives to an assistant that writes flows: which nodes there are, what goes into a message and
// what comes out, what a card is. The full one has the whole reference.
import { about, errorCodes, languages, readme, reference, repository } from './sources.mjs';

const english = languages[0];

/** Help as plain Markdown. */
const plain = (html) =>
    html
        .replace(
            /<dt[^>]*>(.*?)<\/dt>\s*<dd>(.*?)<\/dd>/gs,
            (_, term, text) => `- \`${bare(term).replace(/\s+/g, ' ')}\`: ${text}`,
        )
        .replace(/<h3>(.*?)<\/h3>/g, '\n### $1\n')
        .replace(/<h4>(.*?)<\/h4>/g, '\n#### $1\n')
        .replace(/<li>/g, '- ')
        .replace(/<pre[^>]*>(?:<code[^>]*>)?([\s\S]*?)(?:<\/code>)?<\/pre>/g, '\n```json\n$1\n```\n')
        .replace(/<\/?(?:code|samp)>/g, '`')
        .replace(/<\/?(?:b|strong)>/g, '**')
        .replace(/<tr>/g, '\n|')
        .replace(/<\/t[dh]>/g, ' |')
        .replace(/<[a-z/][^>]*>/gi, '')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&')
        .replace(/\n{3,}/g, '\n\n')
        .trim();

const bare = (html) => html.replace(/<[^>]*>/g, '');

/** What stands in both: how flows with these nodes are written. */
const rules = `
Nodes of Node-RED (type \`missive-…\`) for Missive, the team inbox. Package: ${about.name} ${about.version}. Node-RED ${about['node-red'].version}.

How a flow file is written:

- Every node but \`missive-config\` has \`account\`, the id of a \`missive-config\` node. For trying out: \`{ "type": "missive-config", "connection": "sandbox" }\` is the practice inbox; it needs no token. Tokens and secrets never stand in a flow file.
- A node that names only \`type\` and \`account\` reads each field from \`msg.payload.<name of the API>\`; what is not there is left out of the request.
- A field of the node is a pair of properties, the field's name and the name with \`Type\`: \`{ "body": "missive.text", "bodyType": "msg" }\`. Types: \`msg\`, \`str\`, \`num\`, \`bool\`, \`json\`, \`jsonata\`, \`env\`, \`flow\`, \`global\`. With \`"fields": "rows"\` only what the node itself sets is sent.
- \`missive-create-draft\` writes a draft that a person sends. Only \`send\` true or \`send_at\` send it. Leave both out unless the user asks for sending.
- Behind \`missive-webhook-in\` the ids are in \`msg.missive\` (\`conversation\`, \`message\`, \`comment\`), the event in \`msg.payload\`.
- A failure reaches a Catch node once; \`msg.error.cause.code\` is one of ${errorCodes()
    .map((code) => `\`${code}\``)
    .join(', ')}.
`.trim();

/** `short`: the rules and where to read more. `full`: with all of the reference. */
export function llms() {
    const nodes = reference(english);
    const chapters = readme(english);
    const the = (name) => chapters.find((chapter) => chapter.name === name);
    const list = nodes.map(({ type, label, text }) => `- \`${type}\` (${label}): ${firstSentence(text)}`).join('\n');
    const short = [
        `# ${about.name}`,
        `> ${about.description}`,
        rules,
        `## Nodes\n\n${list}`,
        `## Messages\n\n${the('messages').text}`,
        `## More\n\n- [Everything in one text](/llms-full.txt): every field of every node, the card, errors, limits\n- [Source](${repository})`,
    ].join('\n\n');
    const more = chapters.filter(({ name }) => !['the-nodes', 'try-it-without-an-account', 'messages'].includes(name));
    const full = [
        `# ${about.name}`,
        rules,
        `## Messages\n\n${the('messages').text}`,
        ...nodes.map(({ type, label, text }) => `## ${label}: \`${type}\`\n\n${plain(text)}`),
        ...more.map(({ title, text }) => `## ${title}\n\n${text}`),
    ].join('\n\n');
    return { short: `${short}\n`, full: `${full}\n` };
}

const firstSentence = (html) => bare(/<p>(.*?)<\/p>/s.exec(html)?.[1] ?? '').split(/(?<=\.)\s/)[0];
