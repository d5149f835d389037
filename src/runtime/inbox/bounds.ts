/** The bounds of an inbox; times are in milliseconds. */
export interface Bounds {
    readonly deliveries: number;
    readonly bytes: number;
    /** So many failures stop a delivery. */
    readonly failures: number;
    /** In the flow at the end of so many runs of Node-RED: it may be what ends them. */
    readonly tries: number;
    /** A flow that has said nothing for so long has lost the delivery. */
    readonly silence: number;
    /** How long a flow may still report what it had when its nodes were deployed anew. */
    readonly grace: number;
    /** How long to wait after so many failures. */
    readonly delay: (failures: number) => number;
}

export const usualBounds: Bounds = {
    deliveries: 10_000,
    bytes: 64 * 1024 * 1024,
    failures: 5,
    tries: 20,
    silence: 10 * 60_000,
    grace: 5_000,
    delay: (failures) => Math.min(1000 * 2 ** (failures - 1), 5 * 60_000),
};
