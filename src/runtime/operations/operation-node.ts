import type { Node, NodeAPI } from 'node-red';
import type { Declaration, Family } from '../../missive/operations/family';
import type { Fields } from '../../missive/operations/fields';
import type { Operation } from '../../missive/operations/operation';
import { migrated } from '../migrations';
import { declare } from './declared';
import type { Config } from './start';

/** The Node-RED module of an operation, with the declaration that the build and the tests read. */
export type OperationModule = ((RED: NodeAPI) => void) & { readonly operation: Declaration };

/** Makes the Node-RED node of an operation or a family of them. What it takes to run one is loaded with the first. */
export function operationNode<F extends Fields>(declared: Operation<F> | Family): OperationModule {
    const declaration = declared as unknown as Declaration;
    function register(RED: NodeAPI): void {
        declare(declaration);
        RED.nodes.registerType(declaration.type, function (this: Node, stored: Config) {
            RED.nodes.createNode(this, stored);
            const { start } = require('./start') as typeof import('./start');
            start(RED, this, declaration, migrated(declaration.type, stored));
        });
    }
    return Object.assign(register, { operation: declaration });
}
