/** One small class for each reason not to act; docs/guards.md names the test that fails without it. */
package io.nightshift.remediate.domain.guard;
