/** The closed catalogue of what may be done: arguments, checks, undo, and what a target declares of it. Pure. */
package io.nightshift.remediate.domain.catalogue;
