/** Playbooks as they are once read: steps, batches, what they need, and the order in which they are done. Pure. */
package io.nightshift.remediate.domain.playbook;
