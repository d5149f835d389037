// biome-ignore-all lint/correctness/noUnusedVariables: the html that holds this text uses them.

/*
 * What nobody touched in a dialog stays as it is stored, and what the flow file left out stays left out. The build
 * writes this text into the html of the hand-written nodes; `prefix` is `node-input` or `node-config-input`.
 */

/** What each property's box shows; of a TypedInput its type and value, under both of its properties. */
function boxesShown(properties, prefix) {
    const shown = (property) => {
        const pair = properties.find((each) => property === `${each}Type`) ?? property;
        const box = $(`#${prefix}-${pair}`);
        if (box.next().hasClass('red-ui-typedInput-container'))
            return JSON.stringify([box.typedInput('type'), box.typedInput('value')]);
        return box.is(':checkbox') ? box.prop('checked') : box.val();
    };
    return Object.fromEntries(properties.map((property) => [property, shown(property)]));
}

/** Node-RED saves the boxes that it finds by their id: those that show what they showed at first (`opened`) lose it. */
function leaveUntouched(opened, prefix) {
    const now = boxesShown(Object.keys(opened), prefix);
    for (const property of Object.keys(now))
        if (now[property] === opened[property]) $(`#${prefix}-${property}`).removeAttr('id');
}
