import { isEmpty } from '../../../missive/events/event';
import type { Step } from '../delivery';

/** A body that says nothing is Missive's check on saving a rule: 200, signed or not. */
export const empty: Step = ({ body }) => (isEmpty(body) ? { status: 200, empty: true } : undefined);
