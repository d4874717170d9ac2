/** Targets and probes whose commands are declared: argv templates, confined processes, the fence. The only place that starts processes. */
package io.nightshift.remediate.target;
