import type { World } from '../data/world';
import { invalid } from '../manners/refuse';
import { checked, choice, id, isFields } from '../manners/shape';
import { acts, type Given, given, openOne } from './acts';

const what = { do: choice(...Object.keys(acts)), conversation: id };

/**
 * The person before the screen does something with what a sidebar in Missive has: `do` is the name of the function in
 * Missive's script. Throws a 400 that says what is wrong.
 */
export function agentActs(world: World, asked: unknown): { conversation: string; message?: string } {
    const { do: name, conversation } = checked(asked, what, ['do', 'conversation']);
    const act = acts[name ?? ''];
    if (!act || !isFields(asked)) throw invalid("Validation failed: 'do' is required");
    const one = openOne(world, conversation ?? '');
    const message = act(world, one, checked(asked, given) as Given);
    return { conversation: one.id, ...(message !== undefined && { message }) };
}
