/** The sentence for an input that says what to change, but nothing of how. */
export const checkChanges = (input: object): string | undefined =>
    Object.keys(input).some((key) => key !== 'id')
        ? undefined
        : 'There is nothing to change: fill in at least one field besides the id.';
