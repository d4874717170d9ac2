/** The operator's policies, in Cedar: loaded whole or not at all. */
package io.nightshift.remediate.policy;
