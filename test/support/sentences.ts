import path from 'node:path';
import { SyntaxKind as Kind, type Node, type SourceFile } from 'typescript/unstable/ast';
import {
    isBinaryExpression,
    isCallExpression,
    isImportDeclaration,
    isLiteralTypeNode,
    isNewExpression,
    isNoSubstitutionTemplateLiteral,
    isParenthesizedExpression,
    isPropertyAssignment,
    isStringLiteral,
    isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

const root = path.resolve(__dirname, '../..');

/** A text of the sources that people may read, `{1}`, `{2}`… where something is filled in. */
export interface Sentence {
    readonly where: string;
    readonly text: string;
}

/** What the editor shows from its own catalogue, examples, and what only machines and the log read. */
const properties = new Set(
    'help label placeholder summary details sections choices title input output sample example choice settings error print did gives keywords words find'.split(
        ' ',
    ),
);
const calls =
    /^(?:RED\.log\.\w+|log|this\.#log|.*\.(?:on|off|has|split|removeListener|startsWith|publish)|own|team|inside|member|counted|refusal|escaped|require)$/;

/** Every text with several words in files that `wanted` names, as the compiler reads them. */
export function sentencesIn(wanted: (file: string) => boolean): Sentence[] {
    const api = new API({ cwd: root });
    try {
        const [project] = api.updateSnapshot({ openProject: path.join(root, 'tsconfig.json') }).getProjects();
        const files = project?.program.getSourceFileNames() ?? [];
        return files.flatMap((file) => {
            const where = path.relative(root, file);
            const source = wanted(where) ? project?.program.getSourceFile(file) : undefined;
            return source ? textsIn(source).map((text) => ({ where, text })) : [];
        });
    } finally {
        api.close();
    }
}

function textsIn(source: SourceFile): string[] {
    const found: string[] = [];
    const said = (node: Node) => source.text.slice(node.pos, node.end).trim();
    const inside = (node: Node) => {
        if (isTemplateExpression(node)) for (const { expression } of node.templateSpans) visit(expression);
        else if (isParenthesizedExpression(node)) inside(node.expression);
        else if (isBinaryExpression(node))
            for (const side of [node.left, node.right]) textOf(side) === undefined ? visit(side) : inside(side);
    };
    const visit = (node: Node) => {
        if (isImportDeclaration(node) || isLiteralTypeNode(node)) return;
        if (isPropertyAssignment(node) && properties.has(said(node.name))) return;
        if ((isCallExpression(node) || isNewExpression(node)) && calls.test(said(node.expression))) return;
        const text = textOf(node);
        if (text !== undefined && isProse(text)) found.push(numbered(text));
        if (text === undefined) node.forEachChild(visit);
        else inside(node);
    };
    visit(source);
    return found;
}

/** A literal, or literals put together. */
function textOf(node: Node): string | undefined {
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
    if (isTemplateExpression(node))
        return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
    if (isParenthesizedExpression(node)) return textOf(node.expression);
    if (!isBinaryExpression(node) || node.operatorToken.kind !== Kind.PlusToken) return undefined;
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined && right === undefined ? undefined : (left ?? '{}') + (right ?? '{}');
}

/** Two words, the first of them written small or at the beginning of a sentence. */
const isProse = (text: string): boolean =>
    !/\n|<\w+|charset=|^[a-z]+(?: [a-z]+){9,}$/.test(text) && /[a-z’']{2,}[,.:;]? (?:[“a-z]{2,}|\{\})/i.test(text);

function numbered(text: string): string {
    let number = 0;
    return text.replace(/\{\}/g, () => {
        number += 1;
        return `{${number}}`;
    });
}
