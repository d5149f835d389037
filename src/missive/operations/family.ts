import type { Field, Fields } from './fields';
import { type Operation, propertyOf, requireFields, requireOwnNames, type Setting } from './operation';

/** What the operations of one node have in common. */
type Common = Pick<
    Operation,
    | 'type'
    | 'label'
    | 'sign'
    | 'keywords'
    | 'gives'
    | 'did'
    | 'tells'
    | 'summary'
    | 'details'
    | 'icons'
    | 'sections'
    | 'settings'
>;

/** The operation of a node on one of its kinds of things; `title` is what the menu calls the kind. */
export interface Member<F extends Fields = Fields> extends Omit<Operation<F>, keyof Common> {
    readonly title: string;
}

/**
 * A node that does the same to several kinds of things. Its property `resource` says which kind; the first is the
 * default. Each member declares only the fields of its own kind.
 */
export interface Family extends Common {
    /** What stands on the canvas in front of the kind: `delete` draft. */
    readonly verb?: string;
    /** Label and help of the menu that chooses the kind. */
    readonly resource: Pick<Setting, 'label' | 'help'>;
    /** Stored value of `resource` → what the node does then. */
    readonly resources: Readonly<Record<string, Member>>;
}

/** What a node of the palette declares. */
export type Declaration = Operation | Family;

export const isFamily = (declaration: Declaration): declaration is Family => 'resources' in declaration;

/** Declares a member of a family; its rules know the types of its own fields. */
export function member<F extends Fields>(declaration: Member<F>): Member {
    requireFields(declaration as unknown as Member);
    return declaration as unknown as Member;
}

/** Declares a family; refuses fields that would be stored under one name without being the same. */
export function family(declaration: Family): Family {
    const properties = propertiesOf(declaration).map(({ property }) => property);
    requireOwnNames(declaration.type, properties, Object.keys(storedSettingsOf(declaration)));
    return declaration;
}

/** The operation that a node does, by its stored `resource`. */
export function operationOf(declaration: Declaration, resource: unknown): Operation {
    if (!isFamily(declaration)) return declaration;
    const { resources, resource: _, verb: __, ...common } = declaration;
    const names = Object.keys(resources);
    const chosen = resources[names.find((name) => name === resource) ?? names[0] ?? ''];
    if (!chosen) throw new Error(`${declaration.type} has no resources`);
    return { ...common, ...chosen };
}

/** All operations of a node, with the kind of things where there are several. */
export const operationsOf = (declaration: Declaration): { readonly kind?: string; readonly op: Operation }[] =>
    isFamily(declaration)
        ? Object.keys(declaration.resources).map((kind) => ({ kind, op: operationOf(declaration, kind) }))
        : [{ op: declaration }];

/** The settings of a node; in a family the choice of the kind comes first. */
export function settingsOf(declaration: Declaration): Readonly<Record<string, Setting>> {
    if (!isFamily(declaration)) return declaration.settings ?? {};
    const titles = Object.entries(declaration.resources).map(([kind, { title }]) => [kind, title]);
    return { resource: { ...declaration.resource, choices: Object.fromEntries(titles) }, ...declaration.settings };
}

/** The settings that are stored: all but those that only draw fields in another way. */
export const storedSettingsOf = (declaration: Declaration): Readonly<Record<string, Setting>> =>
    Object.fromEntries(Object.entries(settingsOf(declaration)).filter(([, { draws }]) => draws === undefined));

/** One field of a node as it is stored. */
export interface Property {
    readonly property: string;
    /** The API's name. */
    readonly key: string;
    /** Its name in the catalogues: the API's, in a family the property's. */
    readonly word: string;
    readonly field: Field;
    /** In a family: the kinds that have it, and whether each requires it. */
    readonly kinds?: Readonly<Record<string, boolean>>;
}

/**
 * The fields of a node, each once and in the order of each kind; kinds of a family that store a field under one name
 * share it.
 */
export function propertiesOf(declaration: Declaration): Property[] {
    const found = new Map<string, Property>();
    const order: string[] = [];
    for (const { kind, op } of operationsOf(declaration)) {
        let place = order.length;
        for (const [key, field] of Object.entries(op.fields).reverse()) {
            const property = propertyOf(op, key);
            const known = found.get(property);
            if (known) place = order.indexOf(property);
            else order.splice(place, 0, property);
            if (known && kind !== undefined && look(known) !== look({ key, field }))
                throw new Error(`${declaration.type}: the kinds differ in what they say of ${property}`);
            const kinds = kind === undefined ? {} : { kinds: { ...known?.kinds, [kind]: field.required === true } };
            found.set(property, { property, key, word: kind === undefined ? key : property, field, ...kinds });
        }
    }
    return order.flatMap((property) => found.get(property) ?? []);
}

/** All that people see of a field, save whether it is required. */
const look = ({ key, field: { required: _, ...field } }: Pick<Property, 'key' | 'field'>): string =>
    JSON.stringify([key, field]);
