import { linesOf, widthOf } from './widths.mjs';

/** Nodes that begin a flow have no input. */
const starts = new Set([
    'link in',
    'inject',
    'missive-webhook-in',
    'missive-sidebar-in',
    'missive-watch',
    'http in',
    'catch',
    'comment',
]);
/** What the editor shows where a node has no name. */
const unnamed = { 'missive-webhook-done': 'webhook done' };

const left = 40;
const edge = 1000;
const rowHeight = 60;

const isPlaced = ({ x }) => x !== undefined;
/** A link is a small square. */
const isLink = ({ type }) => type === 'link in' || type === 'link out';
const widthIn = (node) =>
    isLink(node) ? 40 : widthOf(node.name || unnamed[node.type] || node.type, !starts.has(node.type));
const targets = (node) => (node.wires ?? []).flat();

/**
 * Lays the nodes of an example out: the notes above one another at the left edge, then the flow from left to right, in
 * columns, so that no wire leads back; what begins anew stands below. Throws where a flow is too long for the view.
 */
export function laidOut(nodes) {
    const placed = nodes.filter(isPlaced);
    const notes = placed.filter(({ type }) => type === 'comment');
    const rest = placed.filter(({ type }) => type !== 'comment');
    const spots = new Map();
    let y = 40;
    for (const note of notes) {
        const half = Math.ceil((3 + 12 * linesOf(note.name).length) / 20) * 20;
        spots.set(note.id, { left, y: y + half - 20 });
        y += 2 * half;
    }
    y += 20;
    for (const part of parts(rest)) y = placePart(part, spots, y) + rowHeight;
    return nodes.map((node) => {
        const spot = spots.get(node.id);
        return spot ? { ...node, x: spot.left + widthIn(node) / 2, y: spot.y } : node;
    });
}

/** What is wired together, each part in the order of the file. */
function parts(nodes) {
    const found = [];
    const seen = new Set();
    for (const first of nodes) {
        if (seen.has(first.id)) continue;
        const part = new Set([first.id]);
        for (let size = 0; size !== part.size; ) {
            size = part.size;
            for (const node of nodes) {
                const linked = targets(node).some((id) => part.has(id)) || part.has(node.id);
                if (linked) for (const id of [node.id, ...targets(node)]) part.add(id);
            }
        }
        for (const id of part) seen.add(id);
        found.push(nodes.filter(({ id }) => part.has(id)));
    }
    return found;
}

/** Places one part below `top`; gives the y of its lowest row. */
function placePart(part, spots, top) {
    const byId = new Map(part.map((node) => [node.id, node]));
    const columns = columnsOf(part, byId);
    const widths = [];
    for (const node of part) {
        const column = columns.get(node.id);
        widths[column] = Math.max(widths[column] ?? 0, widthIn(node));
    }
    const total = widths.reduce((sum, width) => sum + width, 0);
    const room = Math.floor((edge - left - total) / Math.max(1, widths.length - 1) / 10) * 10;
    if (room < 10 && widths.length > 1)
        throw new Error(`“${part[0].name}” and what follows need ${10 - room} pixels more a node`);
    const gap = Math.min(60, room);
    const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, width) => sum + width + gap, left));
    let row = -1;
    const place = (node) => {
        if (spots.has(node.id)) return;
        spots.set(node.id, { left: lefts[columns.get(node.id)], y: top + row * rowHeight });
        const followers = targets(node)
            .map((id) => byId.get(id))
            .filter((next) => !spots.has(next.id));
        followers.forEach((next, at) => {
            if (spots.has(next.id)) return;
            if (at > 0) row += 1;
            place(next);
        });
    };
    const entered = new Set(part.flatMap(targets));
    for (const node of part.filter(({ id }) => !entered.has(id))) {
        row += 1;
        place(node);
    }
    return top + row * rowHeight;
}

/** The column of each node: one behind the last of those that lead to it. */
function columnsOf(part, byId) {
    const columns = new Map(part.map(({ id }) => [id, 0]));
    for (let round = 0; round <= part.length; round += 1) {
        let moved = false;
        for (const node of part) {
            for (const id of targets(node)) {
                const column = columns.get(node.id) + 1;
                if (!byId.has(id) || columns.get(id) >= column) continue;
                columns.set(id, column);
                moved = true;
            }
        }
        if (!moved) return columns;
    }
    throw new Error(`the flow of “${part[0].name}” leads back into itself`);
}
