/** What Missive has for an id (missive-api §1). The form's own copy of it is compared with this one by a test. */
export const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
